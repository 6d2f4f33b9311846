/** How many calls are on their way, how often an action is sent, by which clock it is signed, and who signs. */

import assert from "node:assert/strict";
import { before, type TestContext, test } from "node:test";
import {
  type ClientOptions,
  type Credential,
  CredentialError,
  LimitError,
  TimeoutError,
  ValidationError,
} from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential, token } from "./credential.ts";
import { seen } from "./recorder.ts";
import { failure, serve } from "./server.ts";

const GOOD = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
const target = { ServiceId: "s" };
const region = "ap-guangzhou";

// Once the module is there, calls go on in the order in which they were made.
before(async () => {
  const fetch = async () => new Response(GOOD);
  await new Iotvideo({ credential, region, fetch }).DescribeStorageService(target);
});

/** A client whose fetch answers when it is told to. */
function held(options: Partial<ClientOptions> = {}) {
  const waiting: (() => void)[] = [];
  const fetch = async () => {
    await new Promise<void>((resolve) => waiting.push(resolve));
    return new Response(GOOD);
  };
  return { iotvideo: new Iotvideo({ credential, region, fetch, ...options }), waiting };
}

/** Lets everything that is ready run, until so many are waited for. */
async function until(waiting: unknown[], length: number): Promise<void> {
  for (let turn = 0; waiting.length < length; turn += 1) {
    assert(turn < 100_000, "nothing more happens");
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test("no more calls are on their way at once than allowed, and the others come in order", async () => {
  const { iotvideo, waiting } = held({ concurrency: 2, rate: "off" });
  const done: number[] = [];
  const stop = new AbortController();
  const calls = [0, 1, 2, 3, 4].map(async (n) => {
    const options = n === 2 ? { signal: stop.signal } : {};
    await iotvideo.DescribeStorageService(target, options);
    done.push(n);
  });
  const aborted = assert.rejects(calls[2] as Promise<void>, { name: "AbortError" });
  await until(waiting, 2);
  stop.abort();
  await aborted;
  const sent: number[] = [];
  for (const turn of [0, 1, 2, 3]) {
    await until(waiting, turn + 1);
    sent.push(waiting.length);
    waiting[turn]?.();
    await calls[turn < 2 ? turn : turn + 1];
  }
  assert.deepEqual(done, [0, 1, 3, 4]);
  // What was on its way before each answer: two, and what the answers before made room for.
  assert(sent.every((length, turn) => length <= turn + 2));
});

test("a call whose time is up while it waits was not sent", async () => {
  const { iotvideo, waiting } = held({ concurrency: 1 });
  const first = iotvideo.DescribeStorageService(target);
  await until(waiting, 1);
  const error = await failure(iotvideo.RefundStorageService(target, { timeout: 20 }));
  assert(error instanceof TimeoutError);
  assert.deepEqual([error.outcome, error.attempts, waiting.length], ["notSent", 0, 1]);
  waiting[0]?.();
  await first;
});

test("an action is sent as often in a second as the schema says, evenly and in order", async (t) => {
  const at: number[] = [];
  const order: string[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    at.push(performance.now());
    order.push(String(init?.body));
    return new Response(GOOD);
  };
  const iotvideo = new Iotvideo({ credential, region, fetch });
  const ids = ["0", "1", "2", "3", "4", "5", "6", "7"];
  await Promise.all(ids.map((ServiceId) => iotvideo.RefundStorageService({ ServiceId })));
  assert.deepEqual(
    order,
    ids.map((ServiceId) => JSON.stringify({ ServiceId })),
  );
  const span = (at[7] ?? 0) - (at[0] ?? 0);
  t.diagnostic(`8 refunds at 40 a second: ${span.toFixed(0)} ms`);
  // Timers may come a little early.
  assert(span >= 7 * 25 - 10, `${span} ms`);
});

test("what is wrong is said at once, and takes nobody's turn", async () => {
  const { iotvideo, waiting } = held({ concurrency: 1 });
  const first = iotvideo.DescribeStorageService(target);
  await until(waiting, 1);
  assert(
    (await failure(iotvideo.RefundStorageService({ ServiceId: "" }))) instanceof ValidationError,
  );
  const shown = await iotvideo.RefundStorageService(target, { dryRun: true });
  assert.equal("sent" in shown && shown.sent, false);
  waiting[0]?.();
  await first;
});

test("a warning is told once for a call, however often it is tried", async () => {
  const warned: string[] = [];
  let sent = 0;
  const fetch = async () => {
    sent += 1;
    return sent < 3 ? new Response("<html>", { status: 500 }) : new Response(GOOD);
  };
  const iotvideo = new Iotvideo({
    credential,
    region: "ap-nowhere",
    fetch,
    retry: { baseDelay: 1 },
    hooks: { onWarning: ({ about, path }) => about === "request" && warned.push(path) },
  });
  await iotvideo.DescribeStorageService(target);
  assert.deepEqual([sent, warned], [3, ["region"]]);
});

test("a caller that shall not wait fails at once, and one that leaves does not hold up the others", async () => {
  const fetch = async () => new Response(GOOD);
  const hasty = new Iotvideo({ credential, region, fetch, rate: "fail" });
  await hasty.DescribeAccountBalance({ AccountType: 1 }).catch(() => {});
  const error = await failure(hasty.DescribeAccountBalance({ AccountType: 1 }));
  assert(error instanceof LimitError);
  assert.deepEqual([error.outcome, error.attempts], ["notSent", 0]);
  const patient = new Iotvideo({ credential, region, fetch });
  const stop = new AbortController();
  const first = patient.DescribeAccountBalance({ AccountType: 1 });
  const left = patient.DescribeAccountBalance({ AccountType: 1 }, { signal: stop.signal });
  const next = patient.DescribeAccountBalance({ AccountType: 1 }, { timeout: 30 });
  const gone = assert.rejects(left, { name: "AbortError" });
  await first.catch(() => {});
  stop.abort();
  await gone;
  assert((await failure(next)) instanceof TimeoutError);
  const free = new Iotvideo({ credential, region, fetch, rate: "off" });
  await Promise.all([1, 2, 3].map(() => free.RefundStorageService(target)));
});

/** A service whose clock is `skew` milliseconds ahead, and which refuses what is five minutes off. */
async function skewed(t: TestContext, skew: number, headers: Record<string, string> = {}) {
  const timestamps: number[] = [];
  const endpoint = await serve(t, (request, response) => {
    const now = Date.now() + skew;
    const timestamp = Number(request.headers["x-tc-timestamp"]);
    timestamps.push(timestamp - Math.floor(Date.now() / 1000));
    const isLate = Math.abs(timestamp * 1000 - now) > 300_000;
    const error =
      '{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":""},"RequestId":"r"}}';
    response.writeHead(200, { Date: new Date(now).toUTCString(), ...headers });
    response.end(isLate ? error : GOOD);
  });
  return { iotvideo: new Iotvideo({ credential, region, endpoint, rate: "off" }), timestamps };
}

test("a wrong clock is corrected by the first answer, and the same call is signed again", async (t) => {
  for (const skew of [-3_600_000, 86_400_000]) {
    const { iotvideo, timestamps } = await skewed(t, skew);
    assert.equal((await iotvideo.RefundStorageService(target)).RequestId, "r");
    await iotvideo.DescribeStorageService(target);
    assert.equal(timestamps.length, 3);
    const [first = 0, ...corrected] = timestamps;
    assert(Math.abs(first) <= 1);
    for (const offset of corrected) assert(Math.abs(offset - skew / 1000) <= 2, `${offset}`);
  }
});

test("nothing is learnt from a cached answer, nor without a Date, and then nothing is repeated", async (t) => {
  const cached = await skewed(t, 3_600_000, { Age: "5" });
  const dateless = await skewed(t, 3_600_000, { Date: "soon" });
  for (const { iotvideo, timestamps } of [cached, dateless]) {
    const error = await failure(iotvideo.RefundStorageService(target));
    assert.deepEqual([error.code, error.outcome], ["AuthFailure.SignatureExpire", "refused"]);
    assert.deepEqual(timestamps.length, 1);
  }
});

test("a refused timestamp is corrected once, not for ever", async (t) => {
  // A service that never likes it, with a clock that runs away.
  let hours = 0;
  let sent = 0;
  const error =
    '{"Response":{"Error":{"Code":"AuthFailure.SignatureExpire","Message":""},"RequestId":"r"}}';
  const endpoint = await serve(t, (_, response) => {
    hours += 1;
    sent += 1;
    const date = new Date(Date.now() + hours * 3_600_000).toUTCString();
    response.writeHead(200, { Date: date }).end(error);
  });
  const iotvideo = new Iotvideo({ credential, region, endpoint, retry: { tries: 9 } });
  await failure(iotvideo.DescribeStorageService(target));
  assert.equal(sent, 2);
});

test("fifty callers ask for a credential once, ahead of its end, and a failure is not kept", async () => {
  let now = 1_700_000_000_000;
  let asked = 0;
  let fails = false;
  const ids: string[] = [];
  const provide = async (): Promise<Credential> => {
    asked += 1;
    await new Promise((resolve) => setImmediate(resolve));
    if (fails) throw new Error("no");
    return { ...credential, secretId: `id-${asked}`, token, expiresAt: now + 3_600_000 };
  };
  const fetch = async (_: unknown, init?: RequestInit) => {
    const { authorization } = Object.fromEntries(new Headers(init?.headers));
    ids.push(/Credential=([^/]*)/.exec(authorization ?? "")?.[1] ?? "");
    return new Response(GOOD);
  };
  const options = { credential: provide, region, fetch, rate: "off", now: () => now } as const;
  const iotvideo = new Iotvideo(options);
  const fifty = () =>
    Promise.all(Array.from({ length: 50 }, () => iotvideo.DescribeStorageService(target)));
  await fifty();
  assert.deepEqual([asked, new Set(ids)], [1, new Set(["id-1"])]);
  // A minute before its end: the old one serves while no new one can be had.
  now += 3_540_000;
  fails = true;
  await fifty();
  assert.equal(ids.at(-1), "id-1");
  fails = false;
  await iotvideo.DescribeStorageService(target);
  assert.equal(ids.at(-1), `id-${asked}`);
  now += 7_200_000;
  fails = true;
  const error = await failure(iotvideo.RefundStorageService(target));
  assert(error instanceof CredentialError && error.cause instanceof Error);
  assert.deepEqual([error.outcome, error.attempts], ["notSent", 0]);
  fails = false;
  await iotvideo.RefundStorageService(target);
});

test("hooks are told of each try, and never of a secret", async (t) => {
  const told: unknown[] = [];
  const hooks = Object.fromEntries(
    ["onSend", "onAnswer", "onRetry"].map((name) => [
      name,
      (what: { error?: { code: string }; ms?: number; url?: string }) => {
        seen(what);
        const { error, ms, url, ...rest } = what;
        assert(ms === undefined || ms >= 0);
        assert(url === undefined || !url.includes("?"));
        told.push([name, { ...rest, ...(error && { error: error.code }) }]);
        throw new Error("a hook's own");
      },
    ]),
  );
  let sent = 0;
  const endpoint = await serve(t, (_, response) => {
    sent += 1;
    response.setHeader("Date", "Tue, 14 Nov 2023 22:13:20 GMT");
    response.writeHead(sent === 1 ? 502 : 200).end(sent === 1 ? "<html>" : GOOD);
  });
  const iotvideo = new Iotvideo({
    credential: { ...credential, token },
    region,
    endpoint,
    hooks,
    random: () => 0,
    now: () => 1_700_000_000_000,
  });
  await iotvideo.DescribeStorageService(target);
  const about = { service: "iotvideo", action: "DescribeStorageService" };
  const sending = { ...about, method: "POST", signedAt: 1_700_000_000_000 };
  const answered = { ...about, serverTime: 1_700_000_000_000 };
  assert.deepEqual(told, [
    ["onSend", { ...sending, attempt: 1 }],
    ["onAnswer", { ...answered, attempt: 1, status: 502, error: "NotTheProtocol" }],
    ["onRetry", { ...about, attempt: 1, wait: 0, error: "NotTheProtocol" }],
    ["onSend", { ...sending, attempt: 2 }],
    ["onAnswer", { ...answered, attempt: 2, status: 200, requestId: "r" }],
  ]);
});
