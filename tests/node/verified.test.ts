/** Verifying again from what the module kept of a head: it finds what all the steps find. */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { Credential, Received, Signed, SignInput, VerifyOptions } from "tc3-edge/signer";
import { credential } from "./credential.ts";
import { quick, reset } from "./quick.ts";

const { clearKeys, explain, sign, verify, ValidationError } = await import("tc3-edge/signer");

beforeEach(reset);

const timestamp = 1_700_000_000;
const now = timestamp * 1000;
const base: SignInput = {
  service: "iotvideo",
  action: "RefundStorageService",
  version: "2019-11-26",
  region: "ap-guangzhou",
  payload: { ServiceId: "s" },
  timestamp,
};
const signed = (more: Partial<SignInput> = {}) => sign({ ...credential }, { ...base, ...more });

/** A credential that verified this head twice, so that the third time may be quick. */
function known(received: Received = signed(), options: VerifyOptions = { now }): Credential {
  const who = { ...credential };
  for (let time = 0; time < 2; time += 1) verify(who, received, options);
  return who;
}

/** All the steps. */
const slowly = (received: Received, options: VerifyOptions = { now }) =>
  verify({ ...credential }, received, options);

test("another body at another time of the day is verified quickly, and rightly", () => {
  const who = known();
  for (const payload of [{ Id: 1 }, "", "ü", "x".repeat(5000), new Uint8Array([0, 255]), {}]) {
    for (const time of [timestamp, timestamp + 1, timestamp + 3600]) {
      const received = signed({ payload, timestamp: time });
      const options = { now: time * 1000 };
      assert.deepEqual(verify(who, received, options), slowly(received, options));
      assert.deepEqual(
        verify(() => who, received, options),
        slowly(received, options),
      );
    }
  }
  assert.equal(quick.found, 36);
});

test("headers that are not signed may differ, as a server's do", () => {
  const headersOf = ({ headers }: Signed, length: string) => {
    const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return Object.fromEntries([
      ...lower,
      ["host", "iotvideo.tencentcloudapi.com"],
      ["content-length", length],
    ]);
  };
  const arrived = (payload: string) => {
    const one = signed({ payload });
    return {
      method: "POST",
      url: "/",
      headers: headersOf(one, `${payload.length}`),
      body: payload,
    };
  };
  const who = known(arrived("{}"));
  assert.deepEqual(verify(who, arrived('{"a":1}'), { now }), slowly(arrived("{}")));
  assert.equal(quick.found, 1);
});

/** Ways to change a request, or what is asked of it. */
type Change = (received: Signed & { body: string }) => [Received, VerifyOptions?];
const header = (name: string, change: (value: string) => unknown): Change => {
  return (received) => {
    const value = change(received.headers[name] ?? "");
    return [{ ...received, headers: { ...received.headers, [name]: value } as never }];
  };
};
const CHANGES: Change[] = [
  (received) => [{ ...received, body: `${received.body} ` }],
  (received) => [{ ...received, body: "UNSIGNED-PAYLOAD" }],
  (received) => [{ ...received, method: "GET" }],
  (received) => [{ ...received, method: "PUT" }],
  (received) => [{ ...received, url: received.url.replace("iotvideo", "cvm") }],
  (received) => [{ ...received, url: `${received.url}?a=b` }],
  (received) => [received, { now: now + 300_001 }],
  (received) => [received, { now: now - 300_001 }],
  (received) => [received, { now: Number.NaN }],
  (received) => [received, { now, service: "cvm" }],
  (received) => [received, { now, service: "iotvideo" }],
  header("Authorization", (value) => value.replace(/.$/, (last) => (last === "0" ? "1" : "0"))),
  header("Authorization", (value) => value.slice(0, -1)),
  header("Authorization", (value) => `${value}0`),
  header("Authorization", (value) => value.slice(0, -64) + value.slice(-64).toUpperCase()),
  header("Authorization", (value) => value.replace("/iotvideo/", "/cvm/")),
  header("Authorization", (value) => value.replace("2023-11-14", "2023-11-15")),
  header("Authorization", () => 7),
  header("X-TC-Timestamp", () => String(timestamp + 1)),
  header("X-TC-Timestamp", () => String(timestamp + 86_400)),
  header("X-TC-Timestamp", () => "1.7000e+09"),
  header("X-TC-Timestamp", () => `0${timestamp}`),
  header("X-TC-Timestamp", () => [String(timestamp)]),
  header("X-TC-Action", () => "BindCloudStorageUser"),
  header("x-tc-action", () => "BindCloudStorageUser"),
  header("Content-Type", () => "text/plain"),
  header("X-TC-Content-SHA256", () => "UNSIGNED-PAYLOAD"),
  header("X-TC-Region", () => "ap-beijing"),
  header("X-TC-Region", () => "ap\0beijing"),
  header("X-TC-Region", () => 7),
  header("Host", () => "cvm.tencentcloudapi.com"),
  header("authorization", () => "nonsense"),
];

test("whatever else differs is found as all the steps find it", () => {
  for (const [at, change] of CHANGES.entries()) {
    const who = known();
    const [received, options] = change(signed() as Signed & { body: string });
    assert.deepEqual(verify(who, received, options ?? { now }), slowly(received, options), `${at}`);
    assert(verify(who, signed(), { now }).ok);
  }
  for (const other of [
    { unsignedPayload: true },
    { signedHeaders: ["content-type", "host", "x-tc-timestamp"] },
  ]) {
    const who = known(signed(other));
    const received = { ...signed(other), body: "other" };
    assert.deepEqual(verify(who, received, { now }), slowly(received));
  }
});

test("another key, or none, verifies nothing", () => {
  const received = signed();
  const who = known();
  assert(verify(who, received, { now }).ok);
  assert.equal(quick.found, 1);
  who.secretKey = "another";
  assert.deepEqual(
    verify(who, received, { now }).problems.map(({ check }) => check),
    ["signature"],
  );
  const renamed = known();
  renamed.secretId = "somebody";
  assert.deepEqual(
    verify(renamed, received, { now }).problems.map(({ check }) => check),
    ["secretId"],
  );
  const gone = known();
  let asked = 0;
  const lookup = () => {
    asked += 1;
    return undefined;
  };
  assert.equal(verify(gone, received, { now }).ok, true);
  assert.deepEqual(
    verify(lookup, received, { now }).problems.map(({ check }) => check),
    ["secretId"],
  );
  assert.equal(asked, 1);
  assert.throws(() => verify(gone, undefined as never), ValidationError);
});

test("forgotten keys are asked for again", () => {
  const who = known();
  clearKeys();
  assert(verify(who, signed(), { now }).ok);
  assert.deepEqual([quick.verify_again, quick.found], [1, 0]);
  assert(verify(who, signed(), { now }).ok);
  assert.equal(quick.found, 1);
});

test("a thousand senders are told apart", () => {
  const senders = Array.from({ length: 1000 }, (_, at) => ({
    secretId: `id${at}`,
    secretKey: `key${at}`,
  }));
  for (let time = 0; time < 3; time += 1) {
    for (const sender of senders) assert(verify(sender, sign(sender, base), { now }).ok);
  }
  const [one, other] = senders as [Credential, Credential];
  assert.equal(verify(() => other, sign(one, base), { now }).ok, false);
  assert.equal(verify({ ...other, secretId: one.secretId }, sign(one, base), { now }).ok, false);
});

test("what explain gives is verified too", () => {
  assert(verify(known(), explain(credential, base), { now }).ok);
});
