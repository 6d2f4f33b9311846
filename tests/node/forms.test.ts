/** Every form of request through the built package: what is sent is what was signed, and limits are told early. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import {
  type AsyncSignInput,
  explain,
  type SignInput,
  sign,
  signAsync,
  ValidationError,
  verify,
} from "tc3-edge/signer";
import { credential } from "./credential.ts";

const timestamp = 1_700_000_000;
const base = { service: "cvm", action: "DescribeInstances", version: "2017-03-12", timestamp };
const at = { now: timestamp * 1000 };

function problems(input: Partial<SignInput>): string[] {
  try {
    sign(credential, { ...base, ...input });
  } catch (error) {
    assert(error instanceof ValidationError, String(error));
    assert(error.problems.every(({ message }) => message.length > 10));
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

/** What the platform would send: its own Request of what was signed. */
async function asSent(signed: ReturnType<typeof sign>) {
  const { url, ...init } = signed;
  const request = new Request(url, init);
  const body = new Uint8Array(await request.arrayBuffer());
  return { method: request.method, url: request.url, headers: request.headers, body };
}

async function verifies(input: Partial<SignInput>): Promise<void> {
  const found = verify(credential, await asSent(sign(credential, { ...base, ...input })), at);
  assert.deepEqual(found.problems, []);
}

test("each form verifies as the platform sends it", async () => {
  await verifies({ payload: { Name: "未命名 ’" } });
  await verifies({ method: "GET", params: { Name: "a b'*!()~é", List: [{ A: 1 }, { A: 2n }] } });
  await verifies({ method: "GET", query: "Name=*!()&B=a+b" });
  await verifies({ method: "GET" });
  await verifies({ parts: [{ name: "File", value: new Uint8Array([0, 255]) }] });
  await verifies({ payload: new Uint8Array([0, 255]), contentType: "application/octet-stream" });
  await verifies({ payload: "text", unsignedPayload: true });
  await verifies({ language: "zh-CN", requestClient: "my-app; 1.0", traceId: "t" });
  for (const endpoint of ["nearest", "regional", "internal", "international"] as const) {
    await verifies({ endpoint, region: "ap-guangzhou" });
  }
  await verifies({ host: "Proxy.Example:8443", signedHeaders: ["host", "content-type"] });
  await verifies({ scheme: "http", host: "proxy.example:8080", insecureHttp: true });
});

test("a GET has its parameters in the query, and no body", () => {
  const params = {
    Filters: [{ Name: "a b", Values: ["x", "y"] }],
    Limit: 20n,
    Empty: [],
    Ok: true,
  };
  const { url, body, headers, hashedPayload } = explain(credential, {
    ...base,
    method: "GET",
    params,
  });
  const query = "Filters.0.Name=a%20b&Filters.0.Values.0=x&Filters.0.Values.1=y&Limit=20&Ok=true";
  assert.equal(url, `https://cvm.tencentcloudapi.com/?${query}`);
  assert.equal(body, undefined);
  assert.equal(headers["Content-Type"], "application/x-www-form-urlencoded");
  assert.equal(hashedPayload, createHash("sha256").digest("hex"));
  assert.equal(new URL(url).href, url);
});

test("parts are sent as they are, between boundaries without capitals", async () => {
  const form = new FormData();
  form.append("Text", "a\r\nb");
  form.append("Text", "");
  const signed = sign(credential, { ...base, parts: form });
  const type = signed.headers["Content-Type"] ?? "";
  assert.match(type, /^multipart\/form-data; boundary=tc3-edge-[0-9a-f]{32}$/);
  const parts = await new Response(signed.body ?? null, { headers: signed.headers }).formData();
  assert.deepEqual(parts.getAll("Text"), ["a\r\nb", ""]);
  const again = sign(credential, { ...base, parts: form });
  assert.notEqual(again.headers["Content-Type"], type);

  const all = [
    { name: "Number", value: 12n },
    { name: "Object", value: { A: [null], B: null } },
    { name: 'Quo"te', value: new Uint8Array([1]), filename: "ü\n.bin" },
  ];
  const { body } = sign(credential, { ...base, parts: all, boundary: "b" });
  assert.equal(
    new TextDecoder().decode(body as Uint8Array),
    '--b\r\nContent-Disposition: form-data; name="Number"\r\n\r\n12' +
      '\r\n--b\r\nContent-Disposition: form-data; name="Object"\r\nContent-Type: application/json\r\n\r\n{"A":[null]}' +
      '\r\n--b\r\nContent-Disposition: form-data; name="Quo%22te"; filename="ü%0A.bin"\r\n' +
      "Content-Type: application/octet-stream\r\n\r\n\u0001\r\n--b--\r\n",
  );
});

test("boundaries and hosts that are made here give one signature by both readings", () => {
  const inputs: Partial<SignInput>[] = [
    { host: "CVM.Example:8080", payload: {} },
    { service: "CVM", endpoint: "regional", region: "AP-Guangzhou" },
    { signedHeaders: "sdk" },
  ];
  const both = (input: Partial<SignInput>) =>
    (["lower", "asSent"] as const).map((canonicalValues) => {
      const signedHeaders = "sdk";
      return explain(credential, { ...base, signedHeaders, ...input, canonicalValues }).signature;
    });
  for (const input of inputs) assert.equal(...(both(input) as [string, string]));
  const random = sign(credential, { ...base, parts: [{ name: "A", value: "" }] });
  const contentType = random.headers["Content-Type"] ?? "";
  assert.equal(...(both({ payload: random.body ?? "", contentType }) as [string, string]));
});

test("values that are sent as they are keep their case", () => {
  const input = { ...base, contentType: " Application/JSON " };
  const lower = explain(credential, input);
  const asSent = explain(credential, { ...input, canonicalValues: "asSent" });
  assert.match(lower.canonicalRequest, /\ncontent-type:application\/json\n/);
  assert.match(asSent.canonicalRequest, /\ncontent-type:Application\/JSON\n/);
  assert.match(asSent.canonicalRequest, /\nx-tc-action:DescribeInstances\n/);
});

test("an unsigned payload is told to the service, and by verify", () => {
  const input = { ...base, payload: "a", unsignedPayload: true };
  const signed = sign(credential, input);
  assert.equal(signed.headers["X-TC-Content-SHA256"], "UNSIGNED-PAYLOAD");
  const found = verify(credential, { ...signed, body: "changed" }, at);
  assert.deepEqual([found.ok, found.unsignedPayload], [true, true]);
});

test("a body may be hashed elsewhere, and even stay there", () => {
  const payload = '{"Name":"x"}';
  const payloadHash = createHash("sha256").update(payload).digest("hex");
  const signed = sign(credential, { ...base, payload });
  assert.deepEqual(sign(credential, { ...base, payload, payloadHash }), signed);
  const { body: _, ...rest } = signed;
  assert.deepEqual(sign(credential, { ...base, payloadHash }), rest);
  assert.deepEqual(problems({ payloadHash: payloadHash.toUpperCase() }), ["payloadHash Value"]);
});

test("signAsync gives what sign gives, reads Blobs, and digests large bodies elsewhere", async () => {
  const large = "x".repeat(3_000_000);
  const bytes = new TextEncoder().encode(large);
  for (const payload of ["small", large, bytes, { Large: large }]) {
    assert.deepEqual(
      await signAsync(credential, { ...base, payload }),
      sign(credential, { ...base, payload }),
    );
  }
  const fromBlob = await signAsync(credential, { ...base, payload: new Blob([large]) });
  assert.deepEqual(fromBlob, sign(credential, { ...base, payload: bytes }));

  const form = new FormData();
  form.append("File", new File(["abc"], "a.txt", { type: "text/plain" }));
  form.append("Blob", new Blob([new Uint8Array([0])]));
  const boundary = "b";
  const signed = await signAsync(credential, { ...base, parts: form, boundary });
  assert.equal(
    new TextDecoder().decode(signed.body as Uint8Array),
    '--b\r\nContent-Disposition: form-data; name="File"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nabc' +
      '\r\n--b\r\nContent-Disposition: form-data; name="Blob"; filename="blob"\r\n' +
      "Content-Type: application/octet-stream\r\n\r\n\0\r\n--b--\r\n",
  );
  const sync = () => sign(credential, { ...base, parts: form });
  assert.throws(sync, /parts\[0\]\.value: is a Blob, which has to be waited for/);
});

test("the caller's objects are not changed", async () => {
  const payload = Object.freeze({
    List: Object.freeze([null]),
    None: undefined,
  });
  const input = Object.freeze({ ...base, payload });
  sign(credential, input);
  await signAsync(credential, input);
  const bytes = new Uint8Array([1, 2]);
  const { body } = sign(credential, { ...base, payload: bytes });
  bytes[0] = 9;
  assert.deepEqual(body, new Uint8Array([1, 2]));
});

test("nulls are left out of objects unless they are to be sent", () => {
  const payload = { A: null, B: [null], C: { D: null } };
  const bodyOf = (input: Partial<SignInput>) =>
    sign(credential, { ...base, payload, ...input }).body;
  assert.equal(bodyOf({}), '{"B":[null],"C":{}}');
  assert.equal(bodyOf({ nulls: "send" }), '{"A":null,"B":[null],"C":{"D":null}}');
});

test("another host than the signed one is sent to on purpose only", () => {
  const signed = explain(credential, { ...base, sentHost: "gateway.example" });
  assert.equal(signed.url, "https://gateway.example/");
  assert.match(signed.canonicalRequest, /\nhost:cvm\.tencentcloudapi\.com\n/);
});

test("limits are told before anything is signed", () => {
  const limits: [Partial<SignInput>, string][] = [
    [{ method: "GET", params: { A: "x".repeat(32 * 1024) } }, "params TooLarge"],
    [{ method: "GET", query: `A=${"x".repeat(32 * 1024)}` }, "query TooLarge"],
    [{ payload: "x".repeat(10 * 1024 * 1024 + 1) }, "payload TooLarge"],
    [{ parts: [{ name: "A", value: "x".repeat(10 * 1024 * 1024) }] }, "payload TooLarge"],
    [{ requestClient: "my/app" }, "requestClient Value"],
    [{ requestClient: "x".repeat(129) }, "requestClient Value"],
    [{ headers: { "X-A": "a\r\nb" } }, "headers.X-A Value"],
    [{ traceId: "a\nb" }, "traceId Value"],
    [{ timestamp: Date.now() }, "timestamp Value"],
    [{ headers: { "x-tc-action": "Other" } }, "headers.x-tc-action Value"],
    [{ headers: { "Content-Type": "text/plain" } }, "headers.Content-Type Value"],
    [
      { headers: { "x-tc-content-sha256": "UNSIGNED-PAYLOAD" } },
      "headers.x-tc-content-sha256 Value",
    ],
  ];
  for (const [input, expected] of limits) assert.deepEqual(problems(input), [expected]);
  assert.deepEqual(problems({ payload: "x".repeat(10 * 1024 * 1024) }), []);
});

test("what does not fit a form is named, never ignored", () => {
  const cases: [object, string[]][] = [
    [{ params: {} }, ["params Value"]],
    [{ query: "A=1" }, ["query Value"]],
    [{ boundary: "b" }, ["boundary Value"]],
    [{ method: "GET", payload: {} }, ["payload Value"]],
    [{ method: "GET", params: {}, query: "A=1" }, ["query Value"]],
    [{ method: "GET", parts: [] }, ["parts Value"]],
    [{ method: "GET", contentType: "application/json" }, ["contentType Value"]],
    [{ method: "GET", query: "A=b c" }, ["query Value"]],
    [{ method: "GET", query: "?A=b#c" }, ["query Value"]],
    [{ method: "GET", params: { A: [null] } }, ["params.A.0 Type"]],
    [{ method: "GET", params: [] }, ["params NotAnObject"]],
    [{ parts: [], payload: {} }, ["payload Value"]],
    [{ parts: [] }, ["parts Missing"]],
    [{ parts: "x" }, ["parts Type"]],
    [{ parts: [null] }, ["parts[0] Type"]],
    [{ parts: [{ name: "A" }] }, ["parts[0].value Missing"]],
    [{ parts: [{ name: "A", value: () => 1 }] }, ["parts[0].value Type"]],
    [{ parts: [{ name: "", value: "" }] }, ["parts[0].name Missing"]],
    [{ parts: [{ name: "\ud800", value: "" }] }, ["parts[0].name Value"]],
    [{ parts: [{ name: "A", value: [Number.NaN] }] }, ["parts[0].value[0] Type"]],
    [{ parts: [{ name: "A", value: { B: Number.NaN } }] }, ["parts[0].value.B Type"]],
    [{ parts: [{ name: "A", value: "--b" }], boundary: "b" }, ["boundary Value"]],
    [{ parts: [{ name: "A", value: "" }], boundary: "B" }, ["boundary Value"]],
    [{ payload: "\ud800" }, ["payload Value"]],
    [{ payload: { "\ud800": 1 } }, ["\ud800 Type"]],
    [{ payload: new Blob(["x"]) }, ["payload Type"]],
    [{ endpoint: "moon" }, ["endpoint Value"]],
    [{ endpoint: "nearest", host: "a.example" }, ["endpoint Value"]],
    [{ endpoint: "regional" }, ["region Missing"]],
    [{ host: "" }, ["host Value"]],
    [{ sentHost: "a/b" }, ["sentHost Value"]],
    [{ scheme: "http" }, ["scheme Value"]],
    [{ language: "en" }, ["language Value"]],
    [{ nulls: "keep" }, ["nulls Type"]],
  ];
  for (const [input, expected] of cases) assert.deepEqual(problems(input), expected);
});

test("the asynchronous form refuses what the other refuses", async () => {
  const wrong = { ...base, payload: { A: Number.NaN } } as AsyncSignInput;
  await assert.rejects(signAsync(credential, wrong), ValidationError);
  await assert.rejects(signAsync(credential, { ...base, parts: [null as never] }), ValidationError);
});
