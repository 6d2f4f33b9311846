/** Event streams over real HTTP on loopback, cut anywhere. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { setImmediate } from "node:timers/promises";
import {
  ApiError,
  Client,
  NetworkError,
  OutcomeUnknownError,
  ResponseError,
  type StreamEvent,
  TimeoutError,
} from "tc3-edge";
import { credential } from "./credential.ts";
import { failure, serve } from "./server.ts";

const call = { service: "toy", version: "2020-01-01", action: "Chat", reads: true };
const TEXT =
  "\ufeff: hi\nid: 1\nevent: delta\ndata: 你好\r\ndata: 👍\r\n\r\nretry: 30\rdata: {}\r\rdata: end";
const EVENTS: StreamEvent[] = [
  { event: "delta", data: "你好\n👍", id: "1" },
  { event: "message", data: "{}", id: "1", retry: 30 },
  { event: "message", data: "end", id: "1", retry: 30 },
];
const SSE = "text/event-stream";

/** A platform that answers with these chunks. */
function fetching(chunks: Uint8Array[], type: string, status = 200): typeof fetch {
  return async () => {
    const body = new ReadableStream({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(chunk);
        controller.close();
      },
    });
    return new Response(body, { status, headers: { "Content-Type": type } });
  };
}

/** A client of that platform. */
function of(chunks: Uint8Array[], type = SSE, status = 200): Client {
  return new Client({ credential, fetch: fetching(chunks, type, status) });
}

async function all(events: AsyncIterable<StreamEvent>): Promise<StreamEvent[]> {
  const found = [];
  for await (const event of events) found.push(event);
  return found;
}

/** Waits for an event that does not come; only after `timeout` milliseconds is that an error. */
async function timesOut(t: TestContext, events: AsyncGenerator<StreamEvent>, timeout: number) {
  const waiting = failure(events.next());
  t.mock.timers.tick(timeout - 1);
  assert.equal(await Promise.race([waiting, setImmediate("waits")]), "waits");
  t.mock.timers.tick(1);
  assert((await waiting) instanceof TimeoutError);
}

async function streaming(t: TestContext, begin: string): Promise<[string, Promise<void>]> {
  let closed = () => {};
  const gone = new Promise<void>((resolve) => {
    closed = resolve;
  });
  const endpoint = await serve(t, (_, response) => {
    response.writeHead(200, { "Content-Type": SSE }).write(begin);
    response.once("close", closed);
  });
  return [endpoint, gone];
}

test("events survive chunk borders anywhere", async () => {
  const bytes = new TextEncoder().encode(TEXT);
  for (let cut = 0; cut <= bytes.length; cut += 1) {
    assert.deepEqual(await all(of([bytes.slice(0, cut), bytes.slice(cut)]).stream(call)), EVENTS);
  }
  const single = Array.from(bytes, (byte) => new Uint8Array([byte]));
  assert.deepEqual(await all(of(single).stream(call)), EVENTS);
});

test("a media type is read as RFC 9110 has it", async () => {
  const bytes = [new TextEncoder().encode("data: a\n\n")];
  for (const type of [SSE, "Text/Event-Stream;charset=utf-8", ' text/event-stream ; x="y"']) {
    assert.equal((await all(of(bytes, type).stream(call))).length, 1);
  }
  for (const type of ["text/event-streams", "text/plain", ""]) {
    const error = await failure(all(of(bytes, type).stream(call)));
    assert(error instanceof ResponseError, type);
  }
});

test("a plain answer is one event, and a refusal is thrown", async () => {
  const text = '{"Response":{"A":1,"RequestId":"r"}}';
  const plain = of([new TextEncoder().encode(text)], "application/json");
  assert.deepEqual(await all(plain.stream(call)), [{ event: "message", data: text, id: "" }]);
  const refusal = '{"Response":{"Error":{"Code":"InvalidAction","Message":"m"},"RequestId":"r"}}';
  for (const [type, status] of [
    ["application/json", 200],
    [SSE, 502],
  ] as const) {
    const client = of([new TextEncoder().encode(refusal)], type, status);
    const error = await failure(all(client.stream(call)));
    assert(error instanceof ApiError && error.requestId === "r", String(error));
  }
});

test("a stream without an event is read as a plain answer", async () => {
  const refusal = '{"Response":{"Error":{"Code":"InvalidAction","Message":"m"},"RequestId":"r"}}';
  const streaming = (text: string) => all(of([new TextEncoder().encode(text)]).stream(call));
  assert((await failure(streaming(refusal))) instanceof ApiError);
  for (const nothing of ["", ": only a comment\n\n", "event: x\n\n"]) {
    assert((await failure(streaming(nothing))) instanceof ResponseError, nothing);
  }
});

test("a slow reader is no slow answer", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [endpoint] = await streaming(t, "data: 1\n\ndata: 2\n\n");
  const events = new Client({ credential, endpoint, timeout: 40 }).stream(call);
  assert.equal((await events.next()).value?.data, "1");
  t.mock.timers.tick(80);
  assert.equal((await events.next()).value?.data, "2");
  await timesOut(t, events, 40);
});

test("a stream's time begins when it is first asked", async (t) => {
  let now = 1000;
  t.mock.method(performance, "now", () => now);
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const fetch = fetching([new TextEncoder().encode("data: 1\n\n")], SSE);
  const slowly = async () => {
    await setImmediate();
    t.mock.timers.tick(1);
    await setImmediate();
    return credential;
  };
  const client = new Client({ credential: slowly, fetch });
  const events = client.stream(call, { timeout: 1000 });
  now += 3_600_000;
  assert.equal((await all(events)).length, 1);
});

test("leaving the loop ends the connection", async (t) => {
  const [endpoint, gone] = await streaming(t, "data: 1\n\ndata: 2\n\n");
  for await (const { data } of new Client({ credential, endpoint }).stream(call)) {
    assert.equal(data, "1");
    break;
  }
  await gone;
});

test("an abort ends a stream with its reason, or leaves a write unknown", async (t) => {
  for (const reads of [true, false]) {
    const [endpoint, gone] = await streaming(t, "data: 1\n\n");
    const stop = new AbortController();
    const reason = new Error("enough");
    const events = new Client({ credential, endpoint }).stream(
      { ...call, reads },
      { signal: stop.signal },
    );
    assert.equal((await events.next()).value?.data, "1");
    stop.abort(reason);
    await assert.rejects(events.next(), (error) =>
      reads ? error === reason : error instanceof OutcomeUnknownError && error.cause === reason,
    );
    await gone;
  }
});

test("time-out is for each wait, and a broken connection is told", async (t) => {
  t.mock.timers.enable({ apis: ["setTimeout"] });
  const [endpoint, gone] = await streaming(t, "data: 1\n\n");
  const events = new Client({ credential, endpoint, timeout: 60 }).stream(call);
  assert.equal((await events.next()).value?.data, "1");
  await timesOut(t, events, 60);
  await gone;
  const dying = await serve(t, (_, response) => {
    response.writeHead(200, { "Content-Type": SSE }).write("data: 1\n\ndata: 2", () => {
      response.socket?.destroy();
    });
  });
  const broken = all(new Client({ credential, endpoint: dying }).stream(call));
  assert((await failure(broken)) instanceof NetworkError);
});

test("an event above the limit ends the stream", async () => {
  const chunk = new TextEncoder().encode(`data: ${"x".repeat(1000)}\n`);
  const fetch = fetching(Array(20).fill(chunk), SSE);
  const client = new Client({ credential, fetch, maxResponseBytes: 10_000 });
  const error = await failure(all(client.stream(call)));
  assert(error instanceof ResponseError);
  assert.match(error.message, /an event is larger than 10000 bytes/);
  const long = "x".repeat(20_000);
  for (const text of [`data: ${long}\n\n`, `event: ${long}\n`, `id: ${long}\ndata\n\n`]) {
    const given = fetching([new TextEncoder().encode(text)], SSE);
    const strict = new Client({ credential, fetch: given, maxResponseBytes: 10_000 });
    assert((await failure(all(strict.stream(call)))) instanceof ResponseError);
  }
  // What was whole before is given first.
  const after = fetching([new TextEncoder().encode(`data: 1\n\ndata: ${long}`)], SSE);
  const events = new Client({ credential, fetch: after, maxResponseBytes: 10_000 }).stream(call);
  assert.equal((await events.next()).value?.data, "1");
  assert((await failure(events.next())) instanceof ResponseError);
});

test("many streams at once do not mix, and calls go on beside them", async () => {
  const streams = Array.from({ length: 20 }, (_, at) => {
    const bytes = new TextEncoder().encode(`id: ${at}\ndata: ${at}\n\n`.repeat(50));
    const half = Math.floor(bytes.length / 2) + at;
    return all(of([bytes.slice(0, half), bytes.slice(half)]).stream(call));
  });
  for (const [at, events] of (await Promise.all(streams)).entries()) {
    assert.equal(events.length, 50);
    assert(events.every(({ id, data }) => id === String(at) && data === String(at)));
  }
});
