/** When a call is tried again: never where something may have happened, never more often than asked. */

import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { type TestContext, test } from "node:test";
import { ApiError, Client, NetworkError, OutcomeUnknownError, TimeoutError } from "tc3-edge";
import { Iotvideo, type StorageOrder } from "tc3-edge/iotvideo/v20191126";
import { credential } from "./credential.ts";
import { seen } from "./recorder.ts";
import { failure, serve } from "./server.ts";

const GOOD = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
const refusal = (code: string) =>
  `{"Response":{"Error":{"Code":"${code}","Message":"m"},"RequestId":"r"}}`;
const target = { ServiceId: "s" };

type Answer = (response: ServerResponse, request: IncomingMessage) => void;
const say =
  (body: string, status = 200, headers: Record<string, string> = {}): Answer =>
  (response) =>
    void response.writeHead(status, headers).end(body);
const cut: Answer = (response) => void response.socket?.destroy();

/** A client whose service answers with one after the other, the last of them for ever; and how often it was called. */
async function client(t: TestContext, answers: Answer[], options: object = {}) {
  const calls = { sent: 0, timestamps: [] as string[], waits: [] as number[] };
  const endpoint = await serve(t, (request, response) => {
    request.resume().on("end", () => {
      const answer = answers[Math.min(calls.sent, answers.length - 1)];
      calls.sent += 1;
      calls.timestamps.push(String(request.headers["x-tc-timestamp"]));
      answer?.(response, request);
    });
  });
  const hooks = {
    onRetry: (retrying: { wait: number }) => {
      seen(retrying);
      calls.waits.push(retrying.wait);
    },
  };
  const retry = { baseDelay: 1 };
  const given = { credential, region: "ap-guangzhou", endpoint, retry, hooks, ...options };
  return { iotvideo: new Iotvideo(given), untyped: new Client(given), calls };
}

test("what only reads is tried again after whatever may pass, a success ends it", async (t) => {
  for (const bad of [
    cut,
    say("<html>", 502),
    say(refusal("InternalError")),
    say(refusal("RequestLimitExceeded"), 429),
    say('{"Response":{"Data"'),
  ]) {
    const { iotvideo, calls } = await client(t, [bad, bad, say(GOOD)]);
    assert.equal((await iotvideo.DescribeStorageService(target)).RequestId, "r");
    assert.equal(calls.sent, 3);
    const { iotvideo: worse, calls: all } = await client(t, [bad]);
    const error = await failure(worse.DescribeStorageService(target));
    assert.deepEqual([all.sent, error.attempts, all.waits.length], [3, 3, 2]);
  }
});

test("what would fail again is not tried again", async (t) => {
  for (const bad of [say("<html>", 404), say(GOOD, 302), say(refusal("InvalidParameter"))]) {
    const { iotvideo, calls } = await client(t, [bad]);
    await failure(iotvideo.DescribeStorageService(target));
    assert.equal(calls.sent, 1);
  }
});

test("a refund is sent once, unless it is proved that it did nothing", async (t) => {
  for (const bad of [
    cut,
    say("<html>", 502),
    say(refusal("InternalError")),
    say(refusal("RequestLimitExceeded"), 503),
    say(GOOD.slice(0, 20)),
  ]) {
    const { iotvideo, calls } = await client(t, [bad, say(GOOD)]);
    const error = await failure(iotvideo.RefundStorageService(target));
    assert(error instanceof OutcomeUnknownError);
    assert.deepEqual([calls.sent, error.attempts], [1, 1]);
  }
  const throttled = say(refusal("RequestLimitExceeded.UinLimitExceeded"));
  const { iotvideo, calls } = await client(t, [throttled, throttled, say(GOOD)]);
  assert.equal((await iotvideo.RefundStorageService(target)).RequestId, "r");
  assert.equal(calls.sent, 3);
});

test("a throttled refund is not repeated where its fetch may have sent it twice", async (t) => {
  const throttled = say(refusal("RequestLimitExceeded"));
  const own: typeof fetch = (url, init) => fetch(url, init);
  const { iotvideo, calls } = await client(t, [throttled], { fetch: own });
  const error = await failure(iotvideo.RefundStorageService(target));
  assert(error instanceof OutcomeUnknownError && error.cause instanceof ApiError);
  assert.equal(calls.sent, 1);
});

test("a host that knows a repeat by its key takes refunds again", async (t) => {
  const keys: unknown[] = [];
  const note =
    (answer: Answer): Answer =>
    (response, request) => {
      keys.push(request.headers["idempotency-key"]);
      answer(response, request);
    };
  const own: typeof fetch = (url, init) => fetch(url, init);
  const answers = [note(say(refusal("RequestLimitExceeded"))), note(say(GOOD))];
  const { iotvideo } = await client(t, answers, { fetch: own, idempotencyKey: true });
  await iotvideo.RefundStorageService(target);
  await iotvideo.RefundStorageService(target);
  assert.match(String(keys[0]), /^[0-9a-f]{32}$/);
  assert.equal(keys[0], keys[1]);
  assert.notEqual(keys[1], keys[2]);
  await iotvideo.DescribeStorageService(target);
  assert.equal(keys[3], undefined);
});

test("a refusal proves nothing while another refund of the same is unknown", async (t) => {
  const missing = say(refusal("ResourceNotFound"));
  const { iotvideo } = await client(t, [cut, missing, missing, say(GOOD), missing]);
  const outcome = async (refund: { ServiceId: string; OrderId?: string }) =>
    (await failure(iotvideo.RefundStorageService(refund))).outcome;
  assert.equal(await outcome({ ServiceId: "s", OrderId: "1" }), "unknown");
  // All orders of it, and so that one too.
  assert.equal(await outcome({ ServiceId: "s" }), "unknown");
  assert.equal(await outcome({ ServiceId: "other" }), "refused");
  await iotvideo.RefundStorageService({ ServiceId: "s" });
  assert.equal(await outcome({ ServiceId: "s", OrderId: "1" }), "refused");
});

test("tries are settable, for a client and for a call", async (t) => {
  const { iotvideo, calls } = await client(t, [cut], { retry: { tries: 2, baseDelay: 1 } });
  await failure(iotvideo.DescribeStorageService(target));
  assert.equal(calls.sent, 2);
  await failure(iotvideo.DescribeStorageService(target, { retry: { tries: 5 } }));
  assert.equal(calls.sent, 7);
  await failure(iotvideo.DescribeStorageService(target, { retry: { tries: 1 } }));
  assert.equal(calls.sent, 8);
  const wrong = failure(iotvideo.DescribeStorageService(target, { retry: { tries: 0 } }));
  assert.equal((await wrong).message, "retry.tries: must be a whole number from 1 to 2147483647");
});

test("each try is signed anew, and waits are drawn up to a bound that doubles", async (t) => {
  let now = 1_700_000_000_000;
  const options = {
    now: () => {
      now += 10_000;
      return now;
    },
    random: () => 1,
    retry: { tries: 4, baseDelay: 2, maxDelay: 7 },
  };
  const { iotvideo, calls } = await client(t, [cut], options);
  await failure(iotvideo.DescribeStorageService(target));
  assert.deepEqual(calls.waits, [2, 4, 7]);
  assert.equal(new Set(calls.timestamps).size, 4);
});

test("Retry-After is kept, and a longer one than the caller has time for ends the call", async (t) => {
  const later = say("<html>", 503, { "Retry-After": "1" });
  const patient = await client(t, [later, say(GOOD)], { retry: { maxDelay: 1000 } });
  await patient.iotvideo.DescribeStorageService(target);
  assert.deepEqual(patient.calls.waits, [1000]);
  for (const options of [{ retry: { maxDelay: 999 } }, { timeout: 900 }]) {
    const { iotvideo, calls } = await client(t, [later], options);
    await failure(iotvideo.DescribeStorageService(target));
    assert.deepEqual([calls.sent, calls.waits], [1, []]);
  }
});

test("raw tells how an answer came", async (t) => {
  const date = new Date(1_700_000_000_000).toUTCString();
  const headers = { Date: date, "X-TC-RequestId": "r" };
  const { untyped } = await client(t, [say("<html>", 500), say(GOOD, 200, headers)]);
  const call = { service: "iotvideo", version: "2019-11-26", action: "Describe", reads: true };
  const raw = await untyped.raw<{ ServiceId: string }>(call);
  assert.deepEqual([raw.answer.ServiceId, raw.status, raw.attempts], ["s", 200, 2]);
  assert.equal(raw.serverTime, 1_700_000_000_000);
  assert.equal(raw.headers.get("X-TC-RequestId"), "r");
  const shown = untyped.raw(call, { dryRun: true } as object);
  assert.match((await failure(shown)).message, /^dryRun: has no answer/);
  const { iotvideo, calls } = await client(t, [cut, say(GOOD, 200, headers)]);
  const { answer, status, attempts } = await iotvideo.raw.DescribeStorageService(target);
  const orders: StorageOrder[] = answer.Data;
  assert.deepEqual([orders, answer.RequestId, status, attempts], [[], "r", 200, 2]);
  await iotvideo.raw.RefundStorageService(target, { timeout: 1000 });
  assert.equal(calls.sent, 3);
  await failure(iotvideo.raw.RefundStorageService({ ServiceId: "" }));
});

test("an outage is not amplified", async (t) => {
  const options = { random: () => 0, retry: { tries: 10 }, rate: "off" };
  const { untyped, calls } = await client(t, [say("<html>", 500)], options);
  const call = { service: "cvm", version: "2017-03-12", action: "DescribeZones", reads: true };
  for (let made = 0; made < 50; made += 1) await failure(untyped.call(call));
  assert.equal(calls.sent, 50 + 100);
});

test("a try that hangs is ended by its own time, and the next one may do better", async (t) => {
  const hang: Answer = () => {};
  const { iotvideo, calls } = await client(t, [hang, say(GOOD)], { tryTimeout: 100 });
  await iotvideo.DescribeStorageService(target);
  assert.equal(calls.sent, 2);
  const { iotvideo: refunds } = await client(t, [hang], { tryTimeout: 100 });
  const error = await failure(refunds.RefundStorageService(target));
  assert(error instanceof OutcomeUnknownError && error.cause instanceof TimeoutError);
});

test("an abort ends the wait for another try, and nothing is sent after it", async (t) => {
  const stop = new AbortController();
  const { iotvideo, calls } = await client(t, [cut], {
    random: () => 1,
    retry: { baseDelay: 60_000, maxDelay: 60_000 },
    timeout: 0,
    hooks: { onRetry: () => stop.abort() },
  });
  const call = iotvideo.DescribeStorageService(target, { signal: stop.signal });
  await assert.rejects(call, { name: "AbortError" });
  assert.equal(calls.sent, 1);
});

test("what provably never left is not sent: no connection was ever there", async () => {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  server.close();
  const options = { credential, region: "ap-guangzhou", retry: { baseDelay: 1 } };
  const iotvideo = new Iotvideo({ ...options, endpoint: `http://127.0.0.1:${port}` });
  const error = await failure(iotvideo.RefundStorageService(target));
  assert(error instanceof NetworkError);
  assert.deepEqual([error.outcome, error.retry, error.attempts], ["notSent", "safe", 3]);
});

test("the caller's own fetch says itself that it sent nothing", async () => {
  let sent = 0;
  const own = (notSent: boolean) => async () => {
    sent += 1;
    throw Object.assign(new Error("no"), { notSent });
  };
  const options = { credential, region: "ap-guangzhou", retry: { baseDelay: 1 } };
  const marked = new Iotvideo({ ...options, fetch: own(true) });
  const told = await failure(marked.RefundStorageService(target));
  assert.deepEqual([told.outcome, sent], ["notSent", 3]);
  const silent = new Iotvideo({ ...options, fetch: own(false) });
  const unknown = await failure(silent.RefundStorageService(target));
  assert.deepEqual([unknown.outcome, sent], ["unknown", 4]);
});
