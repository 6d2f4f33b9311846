/**
 * Signing again from what the module kept of a head: it gives what all the steps give, or all the steps are gone through.
 * Numbers of calls tell which of the two it was.
 */

import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import type { SignInput } from "tc3-edge/signer";
import { credential, token } from "./credential.ts";
import { quick, reset } from "./quick.ts";

const { clearKeys, sign, signAsync, ValidationError, CredentialError } = await import(
  "tc3-edge/signer"
);
const { Client } = await import("tc3-edge");
const { Iotvideo } = await import("tc3-edge/iotvideo/v20191126");

beforeEach(reset);

const timestamp = 1_700_000_000;
const base: SignInput = {
  service: "iotvideo",
  action: "RefundStorageService",
  version: "2019-11-26",
  region: "ap-guangzhou",
  payload: { ServiceId: "s" },
  timestamp,
};

/** A credential that signed twice, so that the third signature may be quick. */
function known(input: SignInput = base) {
  const who = { ...credential };
  for (let time = 0; time < 2; time += 1) sign(who, input);
  return who;
}

/** The same from all the steps. */
const slowly = (input: SignInput) => sign({ ...credential }, input);

test("another payload at another time of the day is signed quickly, and rightly", () => {
  const who = known();
  for (const payload of [{ Id: 1 }, "", "ü", "x".repeat(5000), new Uint8Array([0, 255]), [1], {}]) {
    for (const time of [timestamp, timestamp + 1, timestamp + 3600]) {
      const input = { ...base, payload, timestamp: time };
      assert.deepEqual(sign(who, input), slowly(input));
    }
  }
  const { payload: _, ...without } = base;
  sign(who, without);
  assert.deepEqual(sign(who, without), slowly(without));
  assert.equal(quick.found, 22);
});

test("whatever else differs is signed in all its steps", () => {
  const others: Partial<SignInput>[] = [
    { service: "cvm" },
    { version: "2020-01-01" },
    { region: "ap-shanghai" },
    { endpoint: "internal" },
    { host: "example.com" },
    { sentHost: "localhost" },
    { scheme: "http", host: "localhost" },
    { insecureHttp: true },
    { language: "en-US" },
    { requestClient: "c" },
    { traceId: "t" },
    { headers: { "X-A": "1" } },
    { signedHeaders: "sdk" },
    { signedHeaders: ["content-type", "host"] },
    { signedHeaders: "content-type;host;x-tc-timestamp" as "sdk" },
    { canonicalValues: "asSent" },
    { unsignedPayload: true },
    { payloadHash: "0".repeat(64) },
    { contentType: "text/plain" },
    { nulls: "send", payload: { A: null } },
    { method: "POST" },
    { timestamp: timestamp + 86_400 },
  ];
  for (const other of others) {
    const input = { ...base, ...other };
    assert.deepEqual(sign(known(), input), slowly(input), JSON.stringify(other));
    assert.equal(quick.found, 0, JSON.stringify(other));
    // And back again, after each was signed as often as it takes to be known.
    const who = known(input);
    assert.deepEqual(sign(who, input), slowly(input), JSON.stringify(other));
    assert.deepEqual(sign(who, base), slowly(base), JSON.stringify(other));
    quick.found = 0;
  }
  const { payload: _, ...without } = base;
  for (const params of [{ params: { A: 1 } }, {}]) {
    const get: SignInput = { ...without, ...params, method: "GET" };
    assert.deepEqual(sign(known(get), get), slowly(get));
  }
  const parts: SignInput = { ...without, parts: [{ name: "a", value: "b" }], boundary: "b" };
  assert.deepEqual(sign(known(parts), parts), slowly(parts));
  assert.equal(quick.found, 0);
});

test("a key that changed in the caller's object signs no more", () => {
  const changes = [{ secretKey: "other" }, { secretId: "other" }, { token }, { expiresAt: 1 }];
  for (const change of changes) {
    const who = known();
    Object.assign(who, change);
    assert.deepEqual(sign(who, base), sign({ ...who }, base), Object.keys(change).join());
  }
  assert.equal(quick.found, 0);
});

test("what is wrong is refused as in all its steps", () => {
  const who = known();
  const refused = (wrong: object, by = who) => {
    const messages = [by, { ...by }].map((one) => {
      try {
        sign(one, { ...base, ...wrong });
      } catch (error) {
        assert(error instanceof ValidationError || error instanceof CredentialError);
        return error.message;
      }
      return assert.fail(`signed ${Object.keys(wrong)}`);
    });
    assert.equal(messages[0], messages[1]);
  };
  refused({ payload: null });
  refused({ payload: 1 });
  refused({ payload: { A: 2 ** 53 } });
  refused({ payload: "\ud800" });
  refused({ payload: new Blob(["{}"]) });
  refused({ payload: "UNSIGNED-PAYLOAD" });
  refused({ timestamp: -1 });
  refused({ timestamp: 0.5 });
  refused({ timestamp: timestamp * 1000 });
  refused({ timestamp: Number.NaN });
  refused({ unknown: 1 });
  refused({}, Object.assign(who, { unknown: 1 }));
  assert.throws(() => sign(known(), Object.assign([], base) as never), ValidationError);
});

test("each member is asked for once, quick or not", () => {
  const asked: string[] = [];
  const input = new Proxy(base, {
    get(target, name) {
      asked.push(String(name));
      return Reflect.get(target, name);
    },
  });
  const who = known();
  for (const time of [timestamp, timestamp + 86_400]) {
    asked.length = 0;
    sign(who, input);
    assert.deepEqual(asked, [...new Set(asked)], `at ${time}`);
    assert(asked.includes("unsignedPayload"));
  }
});

test("what waits for nothing is signed quickly by `signAsync` too", async () => {
  const who = { ...credential };
  const payloads = [{ ServiceId: "a" }, "{}", new Uint8Array([1]), "x".repeat(200_000)];
  for (const payload of [{}, {}, ...payloads]) {
    const input = { ...base, payload };
    assert.deepEqual(await signAsync(who, input), slowly(input));
  }
  // Node digests the large one at once.
  assert.equal(quick.found, payloads.length);
  const payload = new Blob(["{}"]);
  assert.deepEqual(await signAsync(who, { ...base, payload }), {
    ...slowly({ ...base, payload: "{}" }),
    body: new TextEncoder().encode("{}"),
  });
  assert.equal(quick.found, payloads.length);
});

test("what the caller changes while a signature is waited for is not signed then, nor later", async () => {
  const changes: [object, object][] = [
    [{ secretKey: "other" }, {}],
    [{ unknown: 1 }, {}],
    [{}, { version: "2020-01-01" }],
    [{}, { unknown: 1 }],
  ];
  for (const [whoChanges, inputChanges] of changes) {
    const [who, input] = [{ ...credential }, { ...base, payload: new Blob(["{}"]) }];
    const first = await signAsync(who, input);
    const second = signAsync(who, input);
    Object.assign(who, whoChanges);
    Object.assign(input, inputChanges);
    assert.deepEqual(await second, first);
    const later = () => signAsync(who, { ...input, payload: "{}" });
    const anew = () => signAsync({ ...who }, { ...input, payload: "{}" });
    const outcome = (signed: Promise<unknown>) => signed.catch((error) => error.message);
    assert.deepEqual(await outcome(later()), await outcome(anew()));
  }
});

test("forgotten keys are derived anew, and what is forgotten is not signed with", () => {
  const who = known();
  sign(who, base);
  assert.equal(quick.found, 1);
  clearKeys();
  assert.deepEqual(sign(who, base), slowly(base));
  assert.equal(quick.found, 1);
  assert.deepEqual(sign(who, base), slowly(base));
  assert.equal(quick.found, 2);
});

test("what is handed out is the caller's: to change it changes no later request", () => {
  const who = known();
  const first = sign(who, base);
  Object.assign(first.headers, { "X-TC-Action": "changed" });
  assert.deepEqual(sign(who, base), slowly(base));
});

test("more actions and credentials than are kept are all signed rightly", () => {
  const ids = Array.from({ length: 5 }, (_, at) => ({ ...credential, secretId: `id-${at}` }));
  for (let round = 0; round < 3; round += 1) {
    for (const who of ids) {
      for (let at = 0; at < 70; at += 1) {
        const input = { ...base, action: `Action${at}` };
        assert.deepEqual(sign(who, input), sign({ ...who }, input));
      }
    }
  }
});

function answerTo(init: RequestInit | undefined): Response {
  const { ServiceId } = JSON.parse(String(init?.body));
  return Response.json({ Response: { ServiceId, Data: [], RequestId: "r" } });
}

/** Calls with one client, and with a new one for each call; gives what each of both sent. */
async function called(calls: [payload: object, options?: object][], more: object = {}) {
  const sent: unknown[][] = [[], []];
  const made = (list: unknown[]) =>
    new Iotvideo({
      credential,
      region: "ap-guangzhou",
      rate: "off",
      now: () => timestamp * 1000,
      fetch: async (url, init) => {
        list.push([String(url), { ...init, signal: undefined }]);
        return answerTo(init);
      },
      ...more,
    });
  const one = made(sent[0] as unknown[]);
  const outcomes = [];
  for (const [payload, options] of calls) {
    const both = [one, made(sent[1] as unknown[])].map((client) =>
      client
        .RefundStorageService(payload as { ServiceId: string }, options)
        .catch((error) => error.message),
    );
    const [a, b] = await Promise.all(both);
    assert.deepEqual(a, b);
    outcomes.push(a);
  }
  assert.deepEqual(sent[0], sent[1]);
  return outcomes;
}

test("a client's later calls are prepared quickly, and as the first", async () => {
  await called([
    [{ ServiceId: "a" }],
    [{ ServiceId: "b" }],
    [{ ServiceId: "c" }],
    [{ ServiceId: "d", OrderId: "1" }],
  ]);
  assert.equal(quick.found, 2);
});

test("a client's later calls are checked as the first", async () => {
  const good: [object] = [{ ServiceId: "a" }];
  const wrong = [
    {},
    { ServiceId: 1 },
    { ServiceId: "" },
    { Unknown: 1 },
    { ServiceId: "a", OrderId: undefined },
  ];
  const outcomes = await called([good, good, good, ...wrong.map((payload): [object] => [payload])]);
  for (const outcome of outcomes.slice(3)) assert.equal(typeof outcome, "string");
  assert.equal(quick.found, 1);
});

test("calls for another region are prepared quickly too", async () => {
  const own = [{}, { region: "ap-guangzhou" }, { region: "ap-shanghai" }];
  const calls = own.flatMap((options): [object, object][] => [
    [{ ServiceId: "a" }, options],
    [{ ServiceId: "b" }, options],
  ]);
  await called([...calls, [{ ServiceId: "a" }, { region: "ap-nowhere" }], ...calls]);
  await called([...calls, ...calls], { endpoint: "regional" });
  assert.equal(quick.found, 18);
});

test("calls of any service are prepared quickly too, where only their payload differs", async () => {
  const sent: RequestInit[] = [];
  const made = (who = credential) =>
    new Client({
      credential: { ...who },
      now: () => timestamp * 1000,
      fetch: async (_, init) => {
        sent.push({ ...init, signal: null });
        return Response.json({ Response: { RequestId: "r" } });
      },
    });
  const usual = { service: "cvm", version: "2017-03-12", action: "DescribeInstances" };
  const client = made();
  const sameAsAnew = async (call: object) => {
    sent.length = 0;
    const outcomes = [client, made()].map((who) =>
      who.call({ ...usual, ...call }).catch((error) => error.message),
    );
    const [again, anew] = await Promise.all(outcomes);
    assert.deepEqual(again, anew, JSON.stringify(call));
    assert.deepEqual(sent[0], sent[1], JSON.stringify(call));
  };
  await sameAsAnew({});
  for (const payload of [{}, { Limit: 1 }, "text", new Uint8Array([0, 255]), { reads: true }]) {
    await sameAsAnew({ payload });
  }
  assert.equal(quick.found, 4);
  const others = [
    { service: "cbs" },
    { version: "2017-03-13" },
    { action: "RunInstances" },
    { action: `${usual.action}\0ap-shanghai` },
    { method: "GET" },
    { method: "GET", contentType: "application/json; charset=utf-8" },
    { headers: { "X-A": "1" } },
    { unsignedPayload: true },
    { contentType: "application/octet-stream", payload: "text" },
    { parts: [{ name: "a", value: "b" }], boundary: "b" },
    { payload: "x".repeat(100_000) },
  ];
  for (const other of others) {
    await client.call(usual, { region: "ap-shanghai" });
    await sameAsAnew({});
    quick.found = 0;
    await sameAsAnew(other);
    assert.equal(quick.found, 0, JSON.stringify(other));
  }
});

test("options of a call are not those of the call before", async () => {
  const payload = { ServiceId: "a" };
  const options = [
    { region: "ap-shanghai" },
    { language: "en-US" },
    { traceId: "t" },
    { dryRun: true },
    { validate: false },
    { timestamp: timestamp + 1 },
    { timestamp: timestamp + 86_400 },
  ];
  for (const one of options) {
    await called([[payload], [payload], [payload, one], [payload], [payload, one], [payload]]);
  }
});

test("a key that a function gives anew signs from then on", async () => {
  let given = 0;
  const sent: string[] = [];
  const iotvideo = new Iotvideo({
    region: "ap-guangzhou",
    rate: "off",
    now: () => timestamp * 1000,
    credential: () => {
      given += 1;
      return { ...credential, secretId: `id-${given}` };
    },
    fetch: async (_, init) => {
      sent.push(new Headers(init?.headers).get("Authorization") ?? "");
      return answerTo(init);
    },
  });
  for (let time = 0; time < 3; time += 1) await iotvideo.RefundStorageService({ ServiceId: "a" });
  const ids = sent.map((authorization) => /Credential=(.*?)\//.exec(authorization)?.[1]);
  assert.deepEqual(ids, ["id-1", "id-2", "id-3"]);
});

test("a key that a function gives once more signs quickly", async () => {
  const calls: [object][] = [[{ ServiceId: "a" }], [{ ServiceId: "b" }], [{ ServiceId: "c" }]];
  await called(calls, { credential: () => ({ ...credential }) });
  assert.equal(quick.found, 1);
  for (const other of [{ secretKey: "other" }, { token }, { expiresAt: 1 }]) {
    let given = 0;
    await called([...calls, ...calls], {
      credential: () => ({ ...credential, ...(Math.floor(given++ / 2) % 2 === 1 && other) }),
    });
  }
});
