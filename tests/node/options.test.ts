/** What a call is told is read once, whole, and by nobody else. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, CredentialError, Tc3Error, ValidationError } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential } from "./credential.ts";
import { failure } from "./server.ts";

const region = "ap-guangzhou";
const call = { service: "toy", version: "2020-01-01", action: "Do" };
const ANSWER = '{"Response":{"A":1,"RequestId":"r"}}';
const neverSent = () => assert.fail("it must not be sent");

/** A client, and the requests that it hands over. */
function watched(more: object = {}): { client: Client; sent: RequestInit[] } {
  const sent: RequestInit[] = [];
  const fetch: typeof globalThis.fetch = async (_, init = {}) => {
    sent.push(init);
    return new Response(ANSWER);
  };
  return { client: new Client({ credential, region, fetch, ...more }), sent };
}

test("a getter is asked once, so that no payload is looked at as another one", async () => {
  const iotvideo = new Iotvideo({ credential, region, fetch: neverSent });
  let asked = 0;
  const options = {
    get validate() {
      asked += 1;
      return asked === 1;
    },
  };
  const error = await failure(iotvideo.RefundStorageService({ ServiceId: "" }, options));
  assert(error instanceof ValidationError);
  assert.equal(asked, 1);
  const headers = {
    get "X-A"() {
      asked += 1;
      return asked > 2 ? 7 : "a";
    },
  };
  const { client, sent } = watched();
  await client.call({ ...call, headers: headers as Record<string, string> });
  assert.equal(new Headers(sent[0]?.headers).get("X-A"), "a");
});

test("headers that would be lost are refused", async () => {
  const { client, sent } = watched();
  for (const headers of [new Headers({ "X-A": "a" }), new Map([["X-A", "a"]]), [["X-A", "a"]]]) {
    const error = await failure(client.call({ ...call, headers: headers as never }));
    assert.match(error.message, /^headers: must be a plain object of texts$/);
  }
  assert.equal(sent.length, 0);
});

test("the caller's clock and dice see nothing of the client", async () => {
  const seen: unknown[] = [];
  function now(this: unknown) {
    seen.push(this);
    return 1_700_000_000_000;
  }
  function random(this: unknown) {
    seen.push(this);
    return 0;
  }
  let isFirst = true;
  const fetch: typeof globalThis.fetch = async () => {
    if (!isFirst) return new Response(ANSWER);
    isFirst = false;
    throw new TypeError("cut");
  };
  const client = new Client({ credential, region, now, random, fetch });
  await client.call({ ...call, reads: true });
  assert.equal(seen.length, 3);
  assert(seen.every((self) => self === undefined));
});

test("raw takes what a call takes, but for a dry run", async () => {
  const { client } = watched();
  assert.equal((await client.raw(call, { dryRun: false })).status, 200);
  const dry = await failure(client.raw(call, { dryRun: true } as never));
  assert.equal(dry.message, "dryRun: has no answer; call it without `raw`");
  const text = await failure(client.raw(call, "dryRun" as never));
  assert.equal(text.message, "input: must be an object");
});

test("without a credential a call carries no signature, and no key is asked for", async () => {
  const { client, sent } = watched({ credential: "none" });
  assert.deepEqual(await client.call(call), { A: 1, RequestId: "r" });
  const headers = new Headers(sent[0]?.headers);
  assert.deepEqual([headers.get("Authorization"), headers.get("X-TC-Token")], ["SKIP", null]);
  const iotvideo = new Iotvideo({ credential: "none", region, fetch: neverSent });
  const error = await failure(iotvideo.DescribeStorageService({ ServiceId: "s" }));
  assert(error instanceof CredentialError, "an action of a table says itself that it needs one");
});

test("what errors inherit cannot be put in its place by JSON", () => {
  const json = JSON.parse(
    '{"name":"Tc3Error","message":"m","code":"C","toString":"x","toJSON":"x","stack":"x","constructor":"x","__proto__":{"remedy":"evil"}}',
  );
  const error = Tc3Error.fromJSON(json);
  assert.equal(String(error), "Tc3Error: m");
  assert.deepEqual(error.toJSON(), { name: "Tc3Error", message: "m", code: "C" });
  assert.notEqual(error.stack, "x");
  assert.equal(error.remedy, undefined);
});

test("a module that is not there in time is a time-out, and nothing was sent", async (t) => {
  const { fetch } = globalThis;
  t.after(() => {
    globalThis.fetch = fetch;
  });
  globalThis.fetch = () => new Promise(() => {});
  const web = await import("tc3-edge/web");
  const client = new web.Client({ credential, region, fetch: neverSent, timeout: 1 });
  const error = await failure(client.call(call));
  assert.deepEqual([error.name, error.outcome, error.attempts], ["TimeoutError", "notSent", 0]);
});
