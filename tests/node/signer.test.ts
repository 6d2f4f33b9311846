/** What `sign`, `explain` and `verify` take, refuse and leave behind. */

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import {
  CredentialError,
  clearKeys,
  explain,
  parseAuthorization,
  type SignInput,
  sign,
  Tc3Error,
  ValidationError,
  verify,
} from "tc3-edge/signer";
import { credential } from "./credential.ts";

const input: SignInput = {
  service: "iotvideo",
  action: "RefundStorageService",
  version: "2019-11-26",
  region: "ap-guangzhou",
  payload: { ServiceId: "s" },
  timestamp: 1_700_000_000,
};

function problems(wrong: object, who = credential): string[] {
  try {
    sign(who, { ...input, ...wrong });
  } catch (error) {
    assert(error instanceof ValidationError || error instanceof CredentialError, String(error));
    assert.equal(error.outcome, "notSent");
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

test("an unknown or wrongly typed member is named, not ignored", () => {
  assert.deepEqual(problems({}), []);
  assert.deepEqual(problems({ paylaod: {} }), ["paylaod Unknown"]);
  assert.deepEqual(problems({ constructor: "x" }), ["constructor Unknown"]);
  assert.deepEqual(problems({ timestamp: "1" }), ["timestamp Type"]);
  assert.deepEqual(problems({ timestamp: 1_700_000_000_000 }), ["timestamp Value"]);
  assert.deepEqual(problems({ headers: { a: 1 } }), ["headers Type"]);
  assert.deepEqual(problems({ headers: { "X-A": "1\r\nX-B: 2" } }), ["headers.X-A Value"]);
  assert.deepEqual(problems({ headers: { authorization: "x" } }), ["headers.authorization Value"]);
  assert.deepEqual(problems({ region: "a\0b" }), ["input Value"]);
  assert.deepEqual(problems({ signedHeaders: ["host"] }), ["signedHeaders Value"]);
  assert.deepEqual(problems({ host: "evil.example/path" }), ["host Value"]);
  assert.deepEqual(problems({ host: "a@b" }), ["host Value"]);
  assert.deepEqual(problems({ scheme: "http" }), ["scheme Value"]);
  assert.deepEqual(problems({ method: "PUT" }), ["method Type"]);
  assert.deepEqual(problems({ canonicalValues: "upper" }), ["canonicalValues Type"]);
  assert.deepEqual(problems({ payload: 7 }), ["payload Type"]);
  assert.deepEqual(problems({ payload: null }), ["payload Type"]);
});

test("a credential that cannot sign is a CredentialError without its values", () => {
  const wrong = { secretId: "sentinel-id ", secretKey: " sentinel-key" };
  assert.throws(
    () => sign(wrong, input),
    (error) => {
      assert(error instanceof CredentialError && Tc3Error.is(error));
      assert.doesNotMatch(`${error} ${JSON.stringify(error)} ${error.stack}`, /sentinel/);
      return true;
    },
  );
  assert.deepEqual(problems({}, { ...credential, secretKey: "" }), [
    "credential.secretKey Missing",
  ]);
  assert.deepEqual(problems({}, null as never), ["credential Type"]);
});

test("the host is signed as the platform sends it", () => {
  const host = (host: string) => new URL(sign(credential, { ...input, host }).url).host;
  assert.equal(host("IotVideo.TencentCloudApi.com:443"), "iotvideo.tencentcloudapi.com");
  assert.equal(host("proxy.example:8443"), "proxy.example:8443");
});

test("bytes are copied and signed as they are", () => {
  const payload = new TextEncoder().encode('{"a":1}');
  const signed = sign(credential, { ...input, payload });
  payload.fill(0);
  assert.equal(new TextDecoder().decode(signed.body as Uint8Array), '{"a":1}');
  assert(verify(credential, signed, { now: 1_700_000_000_000 }).ok);
});

test("verify takes a look-up, Headers and a whole URL, and tells what is wrong", () => {
  const signed = sign(credential, input);
  const received = { ...signed, headers: new Headers(signed.headers) };
  const at = { now: 1_700_000_000_000, service: "iotvideo" };
  const lookup = (id: string) => (id === credential.secretId ? credential : undefined);
  assert.deepEqual(verify(lookup, received, at), {
    ok: true,
    secretId: "test-id",
    unsignedPayload: false,
    problems: [],
  });
  const checks = (found: ReturnType<typeof verify>) => found.problems.map(({ check }) => check);
  assert.deepEqual(checks(verify(() => undefined, received, at)), ["secretId"]);
  assert.deepEqual(checks(verify(lookup, { ...received, body: "{}" }, at)), ["signature"]);
  assert.deepEqual(checks(verify(lookup, received, { ...at, now: 0 })), ["window"]);
  assert.deepEqual(checks(verify(lookup, received, { ...at, service: "cvm" })), ["service"]);
  assert.deepEqual(checks(verify(lookup, { ...received, headers: {} }, at)), ["form"]);
  const expected = signed.headers.Authorization?.slice(-64) ?? "";
  const wrong = { ...signed, body: "{}" };
  assert.doesNotMatch(JSON.stringify(verify(lookup, wrong, at)), new RegExp(expected));
});

test("verify answers whatever arrives", () => {
  const form = (received: object) =>
    verify(credential, { method: "POST", url: "/", headers: {}, ...received }).problems[0]?.check;
  const garbage = ["", "http://[", "https://", "*", "/?a", "//x", "\0", "\ud800", "a".repeat(9999)];
  for (const url of garbage) assert.equal(form({ url }), "form", url);
  for (const value of garbage) {
    assert.equal(form({ headers: { authorization: value, "x y": value, "": "\0" } }), "form");
    assert.equal(form({ headers: { Authorization: value } }), "form");
    assert.equal(form({ method: value }), "form");
  }
  assert.equal(form({ headers: { authorization: 7 } }), "form");
  assert.throws(() => form({ body: new ArrayBuffer(1) }), ValidationError);
});

test("an Authorization header is read, and a malformed one says how", () => {
  const { headers } = sign(credential, { ...input, service: "cvm", timestamp: 0 });
  const { signature, ...parts } = parseAuthorization(headers.Authorization ?? "");
  assert.deepEqual(parts, {
    algorithm: "TC3-HMAC-SHA256",
    secretId: "test-id",
    date: "1970-01-01",
    service: "cvm",
    signedHeaders: ["content-type", "host", "x-tc-action"],
  });
  assert.match(signature, /^[0-9a-f]{64}$/);
  for (const wrong of ["", "TC3-HMAC-SHA256", " x", "A Credential=x", undefined as never]) {
    assert.throws(() => parseAuthorization(wrong), ValidationError);
  }
});

test("derived keys are given only when asked for, and do not print", () => {
  assert.equal(explain(credential, input).keys, undefined);
  const explanation = explain(credential, input, { keys: true });
  const key = explanation.keys?.secretSigning ?? "";
  assert.equal(key.length, 64);
  assert.doesNotMatch(JSON.stringify(explanation), new RegExp(key));
  assert.throws(() => explain(credential, input, { kyes: true } as never), ValidationError);
  clearKeys();
});

test("an error survives a message channel as JSON", () => {
  try {
    sign({ secretId: "", secretKey: "" }, { ...input, version: "" });
    assert.fail("it is wrong");
  } catch (error) {
    assert(Tc3Error.is(error));
    const copy = Tc3Error.fromJSON(structuredClone(error.toJSON()));
    assert(copy instanceof ValidationError);
    assert.deepEqual(copy.toJSON(), error.toJSON());
    assert.equal(copy.problems.length, 3);
  }
});

test("an empty or late key verifies nothing", () => {
  const hmac = (key: string | Buffer, text: string) =>
    createHmac("sha256", key).update(text).digest();
  const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
  const scope = "2023-11-14/cvm/tc3_request";
  const canonical = `POST\n/\n\ncontent-type:t\nhost:h\n\ncontent-type;host\n${sha256("")}`;
  const key = scope.split("/").reduce<string | Buffer>((key, link) => hmac(key, link), "TC3");
  const text = `TC3-HMAC-SHA256\n1700000000\n${scope}\n${sha256(canonical)}`;
  const signature = hmac(key, text).toString("hex");
  const claim = `Credential=alice/${scope}, SignedHeaders=content-type;host`;
  const headers = {
    Host: "h",
    "Content-Type": "t",
    "X-TC-Timestamp": "1700000000",
    Authorization: `TC3-HMAC-SHA256 ${claim}, Signature=${signature}`,
  };
  const forged = { method: "POST", url: "/", headers };
  const alice = { secretId: "alice", secretKey: "" };
  const at = { now: 1_700_000_000_000 };
  const lookups = [alice, () => alice, () => ({ secretId: "alice" }), async () => alice];
  for (const lookup of lookups) {
    assert.throws(() => verify(lookup as never, forged, at), CredentialError);
  }
  assert.equal(verify({ ...alice, secretKey: "real" }, forged, at).ok, false);
  class Alice {
    get secretId() {
      return "alice";
    }
    get secretKey() {
      return "real";
    }
  }
  assert.equal(verify(() => new Alice(), forged, at).ok, false);
  assert.throws(() => verify(alice, forged, { service: "" }), ValidationError);
});

test("a body that means an unsigned payload is refused, and told", () => {
  const marker = "UNSIGNED-PAYLOAD";
  assert.deepEqual(problems({ payload: marker }), ["payload Value"]);
  const payloadHash = createHash("sha256").update(marker).digest("hex");
  assert.deepEqual(problems({ payloadHash, payload: undefined }), ["payload Value"]);
  const signed = sign(credential, { ...input, unsignedPayload: true });
  delete signed.headers["X-TC-Content-SHA256"];
  const received = { ...signed, body: marker };
  const found = verify(credential, received, { now: 1_700_000_000_000 });
  assert.deepEqual([found.ok, found.unsignedPayload], [true, true]);
});

test("bytes that were given away are refused, not a crash", () => {
  const gone = new Uint8Array(2);
  structuredClone(gone, { transfer: [gone.buffer] });
  for (const payload of [gone, new Proxy(new Uint8Array(2), {})]) {
    const found = problems({ payload });
    assert(found.length === 0 || found[0] === "payload Type", String(found));
  }
  let deep: unknown = {};
  for (let at = 0; at < 10_000; at += 1) deep = [deep];
  assert.equal(problems({ payload: { Deep: deep } }).length, 1);
  assert.deepEqual(problems({ headers: { "Content-Length": "1" } }), [
    "headers.Content-Length Value",
  ]);
  for (const wrong of [
    null,
    {},
    { method: "POST", url: {}, headers: {} },
    new Request("http://h/"),
  ]) {
    assert.throws(() => verify(credential, wrong as never), ValidationError);
  }
});
