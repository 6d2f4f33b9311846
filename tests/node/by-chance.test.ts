/**
 * Histories by chance of what is signed, sent and verified: who did it before gets what a new credential gets, for which
 * nothing is kept.
 */

import assert from "node:assert/strict";
import { beforeEach, type TestContext, test } from "node:test";
import type { Credential, SignInput } from "tc3-edge/signer";
import { Random, SEED } from "../clients/differential/random.ts";
import { quick, reset } from "./quick.ts";

const { clearKeys, sign, signAsync, verify } = await import("tc3-edge/signer");
const { Client } = await import("tc3-edge");
const { Iotvideo } = await import("tc3-edge/iotvideo/v20191126");

const STEPS = 5000;
const START = 1_700_000_000;

beforeEach(reset);

/** Takes the steps, and tells their seed; at least a tenth of them must have been quick. */
async function walk(t: TestContext, step: (random: Random) => unknown): Promise<void> {
  t.diagnostic(`${STEPS} steps, TC3_EDGE_SEED=${SEED}`);
  const random = new Random(SEED, t.name);
  for (let time = 0; time < STEPS; time += 1) await step(random);
  assert(quick.found > STEPS / 10, `only ${quick.found} were quick`);
}

async function outcome(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    const { name, message } = error as Error;
    return `${name}: ${message}`;
  }
}

type Members = Record<string, unknown>;

/** Sets one member to one of its values; `undefined` takes it away. */
function change(random: Random, object: Members, choices: Record<string, unknown[]>): void {
  const name = random.pick(Object.keys(choices));
  const value = random.pick(choices[name] ?? []);
  if (value === undefined) delete object[name];
  else object[name] = value;
}

const CREDENTIAL = {
  secretId: ["one", "other"],
  secretKey: ["first", "second"],
  token: [undefined, "", "token"],
  expiresAt: [undefined, START * 1000, START * 2000],
  unknown: [undefined, undefined, 1],
};
const PAYLOADS = [undefined, {}, { A: 1 }, [1], { A: null }, "", "{}", "ü", "x".repeat(600)];
const BODIES = [...PAYLOADS, "x".repeat(70_000), new Uint8Array([0, 255]), new Uint8Array()];
const OFTEN = {
  action: ["A", "B"],
  payload: [...BODIES, null, 1, "\ud800", "UNSIGNED-PAYLOAD", { A: 2 ** 53 }, new Blob(["{}"])],
  timestamp: [START, START + 1, START + 86_400, START + 6399, START + 6400, 1, -1, 1e10, 0.5],
};
const SELDOM = {
  service: ["iotvideo", "cvm"],
  version: ["2019-11-26", "2020-01-01"],
  region: [undefined, "", "ap-guangzhou"],
  method: [undefined, "POST", "GET"],
  params: [undefined, undefined, { A: 1 }],
  query: [undefined, undefined, "a=1"],
  contentType: [undefined, "text/plain"],
  nulls: [undefined, "send"],
  payloadHash: [undefined, undefined, "0".repeat(64)],
  endpoint: [undefined, "internal"],
  host: [undefined, "example.com"],
  scheme: [undefined, "https", "http"],
  insecureHttp: [undefined, true],
  language: [undefined, "en-US"],
  traceId: [undefined, "t"],
  headers: [undefined, { "X-A": "1" }],
  signedHeaders: [undefined, "sdk", ["content-type", "host"]],
  canonicalValues: [undefined, "asSent"],
  unsignedPayload: [undefined, true],
};
const usual = (): Members => ({
  service: "iotvideo",
  action: "A",
  version: "2019-11-26",
  timestamp: START,
});

test("what is signed", async (t) => {
  const whos: Members[] = [0, 1, 2].map(() => ({ secretId: "one", secretKey: "first" }));
  const inputs = [usual(), usual(), usual()];
  await walk(t, async (random) => {
    const [who, input] = [random.pick(whos), random.pick(inputs)];
    if (random.once(3)) change(random, input, OFTEN);
    if (random.once(8)) change(random, input, SELDOM);
    if (random.once(20)) change(random, who, CREDENTIAL);
    if (random.once(200)) clearKeys();
    const does = random.once(2) ? sign : signAsync;
    const signed = (by: object, what: object) =>
      outcome(() => does(by as Credential, what as SignInput));
    const [again, anew] = [await signed(who, input), await signed({ ...who }, { ...input })];
    assert.deepEqual(again, anew, JSON.stringify({ who, input }));
    // Most changes are refused, and would be so from then on.
    if (typeof again === "string") {
      inputs.splice(inputs.indexOf(input), 1, usual());
      delete who.unknown;
    }
  });
});

test("what is sent", async (t) => {
  let time = 0;
  const sent: unknown[] = [];
  const options = {
    region: "ap-guangzhou",
    rate: "off",
    retry: { tries: 1 },
    now: () => time,
    fetch: async (...all: unknown[]) => {
      const [url, { method, headers, body }] = all as [string, RequestInit];
      sent.push({ url, method, headers, body });
      return new Response('{"Response":{"RequestId":"r","ServiceId":"s","Data":[]}}');
    },
  } as const;
  const credentials = [
    { secretId: "one", secretKey: "first" },
    { secretId: "one", secretKey: "first", token: "token" },
    () => ({ secretId: "one", secretKey: "first", expiresAt: START * 2000 }),
  ];
  const known = credentials.map((credential) => new Iotvideo({ ...options, credential }));
  const requests = {
    RefundStorageService: [{ ServiceId: "s" }, { ServiceId: "s", OrderId: "o" }],
    DescribeStorageService: [{ ServiceId: "s" }, { ServiceId: "ü", GetFinishedOrder: true }],
    DescribeAccountBalance: [{ AccountType: 1 }, { AccountType: 2 }],
  };
  const wrong = [...BODIES, null, { ServiceId: 1 }, { ServiceId: "" }, { ServiceId: "s", A: 1 }];
  const told = [
    { region: "ap-shanghai" },
    { timestamp: START + 5 },
    { timestamp: 0.5 },
    { language: "en-US" },
    { validate: false },
    { traceId: "t" },
    { dryRun: true },
  ];
  await walk(t, async (random) => {
    if (random.once(5)) time = (START + random.integer(0, 200_000)) * 1000;
    const action = random.pick(Object.keys(requests) as (keyof typeof requests)[]);
    const request = random.once(5) ? random.pick(wrong) : random.pick<object>(requests[action]);
    const call = random.once(5) ? random.pick(told) : {};
    const called = async (client: InstanceType<typeof Iotvideo>) => {
      sent.length = 0;
      return [await outcome(() => client[action](request as never, call as never)), ...sent];
    };
    const at = random.integer(0, 2);
    const again = await called(known[at] as (typeof known)[0]);
    const credential = credentials[at] as (typeof credentials)[0];
    const anew = await called(new Iotvideo({ ...options, credential }));
    assert.deepEqual(again, anew, JSON.stringify({ time, at, action, request, call }));
  });
});

test("what is sent to any service", async (t) => {
  const sent: unknown[] = [];
  const options = {
    region: "ap-guangzhou",
    retry: { tries: 1 },
    now: () => START * 1000,
    fetch: async (...all: unknown[]) => {
      const [url, { method, headers, body }] = all as [string, RequestInit];
      sent.push({ url, method, headers, body });
      return new Response('{"Response":{"RequestId":"r"}}');
    },
  } as const;
  const whos = [
    { secretId: "one", secretKey: "first" },
    { secretId: "one", secretKey: "first", token: "token" },
  ];
  const known = whos.map((credential) => new Client({ ...options, credential }));
  const usually = () => ({ service: "cvm", version: "2017-03-12", action: "A" }) as Members;
  const often = {
    payload: [...BODIES, null, 1, "\ud800", "UNSIGNED-PAYLOAD", { DryRun: true }],
    action: ["A", "B", "A ap-shanghai", "A\0ap-shanghai", ""],
  };
  const seldom = {
    service: ["cvm", "cbs", "cvm.A", "ü"],
    version: ["2017-03-12", "2020-01-01", "1"],
    method: [undefined, "POST", "GET"],
    params: [undefined, { A: 1 }],
    contentType: [undefined, "text/plain", "application/json; charset=utf-8"],
    // Both together: the boundary is a random one else.
    form: [undefined, { parts: [{ name: "a", value: "b" }], boundary: "b" }],
    headers: [undefined, {}, { "X-A": "1" }],
    unsignedPayload: [undefined, true],
    reads: [undefined, true],
    answer: [undefined, "bytes"],
  };
  const told = [
    { region: "ap-shanghai" },
    { region: "" },
    { region: "a\0b" },
    { timestamp: START + 86_400 },
    { language: "en-US" },
    { dryRun: true },
  ];
  let call = usually();
  await walk(t, async (random) => {
    if (random.once(3)) change(random, call, often);
    if (random.once(6)) change(random, call, seldom);
    const more = random.once(4) ? random.pick(told) : {};
    const called = async (client: InstanceType<typeof Client>) => {
      sent.length = 0;
      const { form, ...members } = call;
      const made = { ...members, ...(form as object) };
      return [await outcome(() => client.call(made as never, more as never)), ...sent];
    };
    const at = random.integer(0, 1);
    const again = await called(known[at] as (typeof known)[0]);
    const credential = { ...(whos[at] as (typeof whos)[0]) };
    const anew = await called(new Client({ ...options, credential }));
    assert.deepEqual(again, anew, JSON.stringify({ at, call, more }));
    if (again.length === 1 || random.once(10)) call = usually();
  });
});

test("what is verified", async (t) => {
  const whos: Members[] = ["one", "other"].map((secretId) => ({ secretId, secretKey: "first" }));
  const values = ["", "x", "a\0b", String(START + 1), "0170000000", "UNSIGNED-PAYLOAD", 5];
  await walk(t, async (random) => {
    const who = random.pick(whos);
    const timestamp = START + random.pick([0, 1, 86_400]);
    const input = {
      ...usual(),
      action: random.pick(["A", "B"]),
      payload: random.pick(BODIES),
      timestamp,
      ...(random.once(3) && { signedHeaders: random.pick([["content-type", "host"], "sdk"]) }),
      ...(random.once(10) && { unsignedPayload: true }),
    } as unknown as SignInput;
    const { method, url, headers, body } = sign({ ...who } as unknown as Credential, input);
    const received: Members = { method, url, headers, body };
    const names = [...Object.keys(headers), "Host", "authorization", "X-TC-Content-SHA256"];
    if (random.once(10)) change(random, received, { body: BODIES, url: ["https://example.com/"] });
    if (random.once(20)) {
      const said = headers.Authorization ?? "";
      const at = random.integer(0, said.length);
      headers.Authorization = `${said.slice(0, at)}${random.pick(["0", " ", ""])}${said.slice(at + 1)}`;
    }
    if (random.once(10)) change(random, headers, { [random.pick(names)]: [undefined, ...values] });
    if (random.once(50)) change(random, who, { secretKey: CREDENTIAL.secretKey });
    const now = (timestamp + random.pick([0, 0, 200, 301, -301])) * 1000;
    const verified = (by: Members) =>
      outcome(() => verify(by as unknown as Credential, received as never, { now }));
    const [again, anew] = [await verified(who), await verified({ ...who })];
    assert.deepEqual(again, anew, JSON.stringify({ who, received, now }));
  });
});
