/** The client over real HTTP on loopback: what it sends, how it reads, and what it says when nothing comes back. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import type { IncomingMessage } from "node:http";
import { type TestContext, test } from "node:test";
import {
  ApiError,
  type ClientOptions,
  NetworkError,
  OutcomeUnknownError,
  ResponseError,
  Tc3Error,
  TimeoutError,
  ValidationError,
  verify,
} from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential, token } from "./credential.ts";
import { seen } from "./recorder.ts";
import { failure, serve } from "./server.ts";

const example = JSON.parse(
  readFileSync(new URL("../vectors/refund-example.json", import.meta.url), "utf8"),
);

async function bodyOf(request: IncomingMessage): Promise<string> {
  let body = "";
  for await (const chunk of request) body += chunk;
  return body;
}

function client(endpoint: string, more: Partial<ClientOptions> = {}): Iotvideo {
  return new Iotvideo({ credential, region: "ap-guangzhou", endpoint, ...more });
}

/** A client whose every call is answered with `body`. */
async function answering(t: TestContext, body: string | Buffer, status = 200, type = "text/plain") {
  const endpoint = await serve(t, (_, response) => {
    response.writeHead(status, { "Content-Type": type }).end(body);
  });
  return client(endpoint);
}

const ANSWER = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
const refund = { ServiceId: "s" };
const notSentTo = "http://127.0.0.1:9";

test("the documentation's own request is sent signed, and its own answer is read", async (t) => {
  let received: { headers: Record<string, string>; body: string } | undefined;
  const endpoint = await serve(t, async (request, response) => {
    const headers = request.headers as Record<string, string>;
    received = { headers, body: await bodyOf(request) };
    response.end(JSON.stringify(example.response));
  });
  const answer = await client(endpoint).RefundStorageService(example.request.payload);
  assert.deepEqual(answer, example.response.Response);
  assert.equal(answer.Data[0]?.Status, 0);
  assert(received);
  assert.deepEqual(JSON.parse(received.body), example.request.payload);
  assert.equal(received.headers["x-tc-action"], "RefundStorageService");
  assert.equal(received.headers["x-tc-version"], "2019-11-26");
  assert.equal(received.headers["x-tc-region"], "ap-guangzhou");
  const found = verify(
    credential,
    { method: "POST", url: "/", ...received },
    { service: "iotvideo" },
  );
  assert.deepEqual(found, { ok: true, secretId: "test-id", unsignedPayload: false, problems: [] });
});

test("integers beyond 2^53 stay exact, and marks are never taken from the answer", async (t) => {
  const body = `{"Response":{"ServiceId":"i1","Data":[],"RequestId":"s","EndTime":9007199254740993,
    "__proto__":{"x":-18446744073709551615},"StartTime":1602664760}}`;
  const answer = await (await answering(t, body)).RefundStorageService(refund);
  assert.equal(answer.EndTime, 9007199254740993n);
  assert.equal(answer.StartTime, 1602664760);
  assert.deepEqual([answer.ServiceId, answer.RequestId], ["i1", "s"]);
  const own = Object.getOwnPropertyDescriptor(answer, "__proto__");
  assert.deepEqual(own?.value, { x: -18446744073709551615n });
  assert.equal(Object.getPrototypeOf(answer), Object.prototype);
});

test("an error of the service is an ApiError with its code, words, id and a remedy", async (t) => {
  const body = (code: string) =>
    `{"Response":{"Error":{"Code":"${code}","Message":"no such"},"RequestId":"r-1"}}`;
  const json = "application/json; charset=utf-8";
  const told = async (code: string, action: "refund" | "read") => {
    const iotvideo = await answering(t, body(code), 200, json);
    const error = await failure(
      action === "refund"
        ? iotvideo.RefundStorageService(refund)
        : iotvideo.DescribeStorageService(refund),
    );
    const said = error instanceof OutcomeUnknownError ? error.cause : error;
    assert(said instanceof ApiError);
    assert.deepEqual([said.code, said.message, error.requestId], [code, "no such", "r-1"]);
    assert.notEqual(error.remedy, "");
    return `${error.outcome} ${error.retry}`;
  };
  assert.equal(await told("AuthFailure.SignatureFailure", "refund"), "refused never");
  assert.equal(await told("ResourceNotFound", "refund"), "refused never");
  assert.equal(await told("ResourceNotFound", "read"), "refused never");
  assert.equal(await told("InternalError", "refund"), "unknown never");
  assert.equal(await told("RequestLimitExceeded", "refund"), "refused safe");
  assert.equal(await told("NeverHeardOf", "refund"), "unknown never");
});

test("what is not the protocol's is a ResponseError that keeps what came", async (t) => {
  const check = async (body: string | Buffer, status: number, type: string, message: RegExp) => {
    const iotvideo = await answering(t, body, status, type);
    const read = await failure(iotvideo.DescribeStorageService(refund));
    assert(read instanceof ResponseError, String(read));
    assert.match(read.message, message);
    assert.deepEqual([read.status, read.mediaType], [status, type.split(";")[0]?.toLowerCase()]);
    const first = new TextDecoder().decode(Buffer.from(body).subarray(0, 200));
    assert.equal(read.firstBytes, first.replace('"s"', '"…"'));
    const written = await failure(iotvideo.RefundStorageService(refund));
    assert(written instanceof OutcomeUnknownError, String(written));
    assert(written.cause instanceof ResponseError);
    assert.equal(written.outcome, "unknown");
  };
  const good = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
  await check("<html>Bad gateway</html>", 502, "Text/HTML; charset=utf-8", /not JSON from byte 0/);
  await check("", 200, "application/json", /is empty/);
  await check(good.slice(0, -1), 200, "application/json", /ends too early/);
  await check("[".repeat(9999), 200, "application/json", /nested too deeply/);
  await check(Buffer.from([0xff, 0xfe]), 200, "text/plain", /not UTF-8/);
  await check("[]", 200, "application/json", /no object with an object `Response`/);
  await check(`{"Response":{},${good.slice(1)}`, 200, "application/json", /twice: Response/);
  await check('{"Response":{"RequestId":1}}', 200, "application/json", /no text `RequestId`/);
  await check(good, 307, "application/json", /redirect, which is never followed/);
  await check(good, 500, "application/json", /HTTP status does not/);
});

test("a refund without its proof is not called done", async (t) => {
  const error = await failure(
    (await answering(t, '{"Response":{"RequestId":"r"}}')).RefundStorageService(refund),
  );
  assert(error instanceof OutcomeUnknownError);
  assert.match(error.message, /does not hold this field once, with its value: ServiceId/);
});

test("a wrong call is refused before anything is sent, and names the field", async () => {
  const options = { endpoint: notSentTo, fetch: () => assert.fail("it must not be sent") };
  const refused = async (request: object, more: object = {}) => {
    const iotvideo = new Iotvideo({ credential, ...options, ...more });
    const error = await failure(iotvideo.RefundStorageService(request as never));
    assert(error instanceof ValidationError && error.outcome === "notSent", String(error));
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  };
  const region = { region: "ap-guangzhou" };
  assert.deepEqual(await refused({}), ["region Missing", "ServiceId Missing"]);
  assert.deepEqual(await refused({ ServiceId: 7 }, region), ["ServiceId Type"]);
  assert.deepEqual(await refused({ ServiceId: null }, region), ["ServiceId Missing"]);
  const empty = { ServiceId: "s", OrderId: "" };
  assert.deepEqual(await refused(empty, region), ["OrderId Empty"]);
  assert.deepEqual(await refused({ OrderId: undefined, Tid: "t" }), [
    "OrderId Empty",
    "region Missing",
    "Tid Unknown",
    "ServiceId Missing",
  ]);
  const typo = { ServiceId: "s", OrderID: "1" };
  assert.deepEqual(await refused(typo, region), ["OrderID Unknown"]);
  const map = { ServiceId: new Map() };
  assert.deepEqual(await refused(map, region), ["ServiceId Type"]);
  const loop: Record<string, unknown> = {};
  loop.ServiceId = [loop];
  assert.deepEqual(await refused(loop, region), ["ServiceId[0].ServiceId Type"]);
  for (const value of [Number.NaN, 2 ** 53, () => 1, new Date(), "\ud800", Symbol("s")]) {
    assert.deepEqual(await refused({ ServiceId: value }, region), ["ServiceId Type"]);
  }
  assert.throws(() => new Iotvideo({ credential, regoin: "x" } as never), ValidationError);
  assert.throws(() => client("http://example.com/path"), ValidationError);
  const plain = client("http://example.com", { fetch: options.fetch });
  assert((await failure(plain.RefundStorageService(refund))) instanceof ValidationError);
});

test("a BigInt is sent as an integer, and the caller's object is not changed", async () => {
  let body: unknown;
  const fetch = async (_: unknown, init?: RequestInit) => {
    body = init?.body;
    return new Response('{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}');
  };
  const request = Object.freeze({
    PkgId: "yc1m3d",
    Tid: "t",
    OrderCount: 9007199254740993n,
    StorageRegion: "ap-guangzhou",
    ChnNum: undefined,
  });
  await client(notSentTo, { fetch }).CreateStorageService(request as never);
  assert.equal(
    body,
    '{"PkgId":"yc1m3d","Tid":"t","OrderCount":9007199254740993,"StorageRegion":"ap-guangzhou"}',
  );
});

test("the clock is the caller's where one is given", async () => {
  let headers: unknown;
  const fetch = async (_: unknown, init?: RequestInit) => {
    headers = init?.headers;
    return new Response('{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}');
  };
  await client(notSentTo, { fetch, now: () => 1_700_000_000_999 }).RefundStorageService(refund);
  assert.equal((headers as Record<string, string>)["X-TC-Timestamp"], "1700000000");
});

test("a time-out ends a call that hangs, before the answer and within it", async (t) => {
  for (const hang of ["head", "body"]) {
    const endpoint = await serve(t, (_, response) => {
      if (hang === "body") response.write('{"Response":');
    });
    const read = await failure(client(endpoint, { timeout: 60 }).DescribeStorageService(refund));
    assert(read instanceof TimeoutError, String(read));
    const call = client(endpoint).RefundStorageService(refund, { timeout: 60 });
    const written = await failure(call);
    assert(written instanceof OutcomeUnknownError && written.cause instanceof TimeoutError);
    assert.equal(written.outcome, "unknown");
  }
});

test("a time-out ends a call also where the platform's fetch ignores its signal", async () => {
  const fetch = () => new Promise<Response>(() => {});
  const call = client(notSentTo, { fetch, timeout: 30 }).DescribeStorageService(refund);
  assert((await failure(call)) instanceof TimeoutError);
});

test("an abort before the sending is the caller's reason, and nothing is sent", async () => {
  const fetch = () => assert.fail("it must not be sent");
  const reason = new Error("changed my mind");
  const call = client(notSentTo, { fetch }).RefundStorageService(refund, {
    signal: AbortSignal.abort(reason),
  });
  await assert.rejects(call, (error) => error === reason);
});

test("an abort after the sending leaves a refund unknown, and stops the request", async (t) => {
  const stop = new AbortController();
  const closed: Promise<void>[] = [];
  const endpoint = await serve(t, (request) => {
    closed.push(new Promise((resolve) => request.socket.once("close", () => resolve())));
    stop.abort(new Error("stop"));
  });
  const { signal } = stop;
  const error = await failure(client(endpoint).RefundStorageService(refund, { signal }));
  assert(error instanceof OutcomeUnknownError);
  assert.equal(error.cause, signal.reason);
  await Promise.all(closed);
  const again = new AbortController();
  const reading = client(endpoint).DescribeStorageService(refund, { signal: again.signal });
  again.abort(new Error("stop reading"));
  await assert.rejects(reading, (error) => error === again.signal.reason);
});

test("a connection that dies leaves a refund unknown", async (t) => {
  const endpoint = await serve(t, (request) => request.socket.destroy());
  const read = await failure(client(endpoint).DescribeStorageService(refund));
  assert(read instanceof NetworkError && read.cause instanceof Error);
  const written = await failure(client(endpoint).RefundStorageService(refund));
  assert(written instanceof OutcomeUnknownError && written.cause instanceof NetworkError);
});

test("an answer above the limit is refused without reading it all", async (t) => {
  const endpoint = await serve(t, (_, response) => {
    response.on("error", () => {});
    const chunk = Buffer.alloc(1024 * 1024, " ");
    const more = (): void => {
      while (!response.destroyed && response.write(chunk));
      if (!response.destroyed) response.once("drain", more);
    };
    more();
  });
  const error = await failure(client(endpoint).DescribeStorageService(refund));
  assert(error instanceof ResponseError);
  assert.match(error.message, /larger than 16777216 bytes/);
});

test("no error and no client shows the secret", async (t) => {
  const secret = { ...credential, token };
  const endpoint = await serve(t, (request) => request.socket.destroy());
  const iotvideo = client(endpoint, { credential: secret });
  const error = await failure(iotvideo.RefundStorageService(refund));
  const { inspect } = await import("node:util");
  const shown = [error, error.toJSON(), error.stack, iotvideo, JSON.stringify(iotvideo)];
  seen(...shown);
  for (const one of shown)
    assert.doesNotMatch(inspect(one, { depth: 9 }), new RegExp(`${credential.secretKey}|${token}`));
});

test("whatever a fetch answers or throws, a write that was sent is unknown", async () => {
  const used = async () => {
    const answer = new Response("{}");
    await answer.text();
    return answer;
  };
  const strange: unknown[] = [
    undefined,
    null,
    "text",
    { kind: "x" },
    { ok: true, status: 200, json: () => ({}) },
    { status: 65_736, headers: new Headers(), body: new Response(ANSWER).body },
    await used(),
  ];
  const fetches = [
    ...strange.map((answer) => async () => answer),
    () => {
      throw new Error("at once");
    },
    () => Promise.reject(Object.create(null)),
    () => Promise.reject(Object.assign(new Error(), { message: Symbol() })),
    () => Promise.reject(undefined),
  ];
  for (const fetch of fetches) {
    const options = { fetch: fetch as unknown as typeof globalThis.fetch, timeout: 1000 };
    const written = await failure(client(notSentTo, options).RefundStorageService(refund));
    assert(written instanceof OutcomeUnknownError, String(written));
    assert(written.cause instanceof NetworkError);
    assert.equal(Tc3Error.fromJSON(written.toJSON()).outcome, "unknown");
  }
});

test("a member without a value never becomes a refund of every order", async () => {
  const iotvideo = client(notSentTo, { fetch: () => assert.fail("it must not be sent") });
  class Getter {
    ServiceId = "s";
    get OrderId() {
      return "1";
    }
  }
  for (const request of [
    { ServiceId: "s", OrderId: undefined },
    { ServiceId: "s", OrderId: null },
    Object.assign(Object.create({ OrderId: "1" }), { ServiceId: "s" }),
    new Getter(),
  ]) {
    const error = await failure(iotvideo.RefundStorageService(request as never));
    assert(error instanceof ValidationError);
    assert.deepEqual(
      error.problems.map(({ path, code }) => `${path} ${code}`),
      ["OrderId Empty"],
    );
  }
});

test("what JSON would lose of a refund is refused, and each member is read once", async () => {
  const sent: string[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    sent.push(String(init?.body));
    return new Response(ANSWER);
  };
  const iotvideo = client(notSentTo, { fetch });
  class Refund {
    ServiceId = "s";
    readonly #order = "order-1";
    toJSON() {
      return { ServiceId: this.ServiceId, OrderId: this.#order };
    }
  }
  const hiding = new Proxy({ ServiceId: "s", OrderId: "1" }, { ownKeys: () => ["ServiceId"] });
  const undoing = {
    get ServiceId() {
      (this as { OrderId?: string | undefined }).OrderId = undefined;
      return "s";
    },
    OrderId: "1",
  };
  for (const [request, expected] of [
    [new Refund(), "payload Type"],
    [{ ServiceId: "s", [Symbol("OrderId")]: "1" }, "payload Type"],
    [hiding, "OrderId Empty"],
    [undoing, "OrderId Empty"],
  ] as const) {
    for (const validate of [true, false]) {
      const error = await failure(iotvideo.RefundStorageService(request as never, { validate }));
      assert(error instanceof ValidationError);
      assert.equal(error.problems.map(({ path, code }) => `${path} ${code}`).join(), expected);
    }
  }
  const empty = failure(
    iotvideo.RefundStorageService({ ServiceId: "s", OrderId: "" }, { validate: false }),
  );
  assert.match((await empty).message, /^OrderId: is there without a value/);
  assert.deepEqual(sent, []);
  let asked = 0;
  const once = {
    ServiceId: "s",
    get OrderId() {
      asked += 1;
      return asked === 1 ? "1" : undefined;
    },
  };
  await iotvideo.RefundStorageService(once as never);
  assert.deepEqual(sent, ['{"ServiceId":"s","OrderId":"1"}']);
});

test("what was just issued does not stand in an error", async (t) => {
  const secret = "issued-secret";
  const cut = `{"Response":{"RequestId":"r","AccessToken":"${secret}","List":["${secret}`;
  for (const body of [
    cut,
    `x${cut}`,
    `\ufeff [${JSON.stringify(secret)}`,
    cut.replace(/,"L.*/, ""),
  ]) {
    const tokens = (await answering(t, body)).CreateUsrToken({
      AccessId: "a",
      UniqueId: "u",
      TtlMinutes: 1,
    });
    const error = await failure(tokens);
    assert(error instanceof OutcomeUnknownError && error.cause instanceof ResponseError);
    assert.doesNotMatch(JSON.stringify(error) + error.cause.firstBytes, /issued/);
  }
  const said = '{"Response":{"Error":{"Code":"A","Message":7,"Other":"b"},"RequestId":"r"}}';
  const error = await failure((await answering(t, said)).DescribeStorageService(refund));
  assert(error instanceof ResponseError);
  assert.equal(error.firstBytes, said.replace('"b"', '"…"'));
});

test("the names in an input cannot shift the problems", async () => {
  const request = { ServiceId: "s", "": 1, "a\0b": 2 };
  const error = await failure(client(notSentTo).RefundStorageService(request as never));
  assert(error instanceof ValidationError);
  assert.deepEqual(
    error.problems.map(({ path, code }) => [path, code]),
    [
      ['""', "Unknown"],
      ["a\ufffdb", "Unknown"],
    ],
  );
});
