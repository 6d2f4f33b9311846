/** What this package does where the official SDKs disagree: its column in docs/official-sdks.md. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { signLegacy } from "tc3-edge/legacy";
import { explain, type SignInput } from "tc3-edge/signer";

const credential = { secretId: "test-id", secretKey: "test-key" };

function own(change: Partial<SignInput>) {
  const plain = { service: "cvm", action: "describeZones", version: "2017-03-12" };
  const {
    canonicalRequest,
    url,
    headers,
    body = "",
  } = explain(credential, { ...plain, ...change });
  const content = typeof body === "string" ? body : new TextDecoder().decode(body);
  return { canonicalRequest, url, headers, content };
}

test("values of headers are signed in lower case, or as they are sent", () => {
  const type = { contentType: "Application/JSON" };
  assert.match(own(type).canonicalRequest, /^content-type:application\/json$/m);
  const asSent = own({ ...type, canonicalValues: "asSent" });
  assert.match(asSent.canonicalRequest, /^content-type:Application\/JSON$/m);
});

test("a port is signed, and another host can be sent to", () => {
  const { canonicalRequest, url } = own({ host: "proxy.example:8443" });
  assert.match(canonicalRequest, /^host:proxy\.example:8443$/m);
  assert.equal(url, "https://proxy.example:8443/");
  const sent = own({ host: "proxy.example", sentHost: "proxy.example:8443" });
  assert.match(sent.canonicalRequest, /^host:proxy\.example$/m);
  assert.equal(sent.url, "https://proxy.example:8443/");
});

test("an action is sent as it is, and no language where none is given", () => {
  const { headers } = own({});
  assert.equal(headers["X-TC-Action"], "describeZones");
  assert.equal(headers["X-TC-Language"], undefined);
});

test("JSON has no spaces, keeps characters and order, and leaves null out of objects", () => {
  const payload = { B: "é\u200d<", A: null, C: [null, 2n ** 60n + 1n] };
  assert.equal(own({ payload }).content, '{"B":"é\u200d<","C":[null,1152921504606846977]}');
  const all = own({ payload, nulls: "send" });
  assert.equal(all.content, '{"B":"é\u200d<","A":null,"C":[null,1152921504606846977]}');
  assert.throws(() => own({ payload: { A: 2 ** 60 } }), /beyond 2\^53/);
});

test("a query is escaped after RFC 3986, in the order given", () => {
  const params = { B: "*!()' ~é", A: true, C: "", D: ["x"] };
  const { url } = own({ method: "GET", params });
  assert.equal(url, "https://cvm.tencentcloudapi.com/?B=%2A%21%28%29%27%20~%C3%A9&A=true&C=&D.0=x");
  assert.throws(() => own({ method: "GET", params: { A: [null] } }), /is null/);
});

test("a part is as it says, numbers are sent as text, and no part at all is refused", () => {
  const bytes = new Uint8Array([65]);
  const { content } = own({
    boundary: "b",
    parts: [
      { name: "File", value: bytes },
      { name: "Bare", value: bytes, filename: "", contentType: "" },
      { name: "Count", value: 3 },
      { name: "List", value: [1, "é"] },
    ],
  });
  const heads = content.split("--b").map((part) => part.trim());
  assert.deepEqual(heads.slice(1, -1), [
    'Content-Disposition: form-data; name="File"; filename="File"\r\n' +
      "Content-Type: application/octet-stream\r\n\r\nA",
    'Content-Disposition: form-data; name="Bare"\r\n\r\nA',
    'Content-Disposition: form-data; name="Count"\r\n\r\n3',
    'Content-Disposition: form-data; name="List"\r\nContent-Type: application/json\r\n\r\n[1,"é"]',
  ]);
  assert.throws(() => own({ parts: [] }), /at least one part/);
});

test("what looks like milliseconds, and a colon in a client's name, are refused", () => {
  assert.throws(() => own({ timestamp: 1e11 }), /milliseconds/);
  assert.throws(() => own({ requestClient: "SDK_GO_1.3.210: mine" }), /requestClient/);
});

test("an older signature keeps an underscore, and leaves out what is absent", () => {
  const { stringToSign, body } = signLegacy(credential, {
    service: "cvm",
    action: "DescribeZones",
    version: "2017-03-12",
    method: "POST",
    params: { A_B: "c_d" },
  });
  assert.match(stringToSign, /^POSTcvm\.tencentcloudapi\.com\/\?A_B=c_d&/);
  assert.match(String(body), /A_B=c_d/);
  assert.doesNotMatch(stringToSign + String(body), /Region|Language/);
});
