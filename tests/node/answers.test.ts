/** Every kind of answer, over real HTTP on loopback. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { gzipSync } from "node:zlib";
import {
  ApiError,
  Client,
  type ClientOptions,
  OutcomeUnknownError,
  ResponseError,
  Tc3Error,
  ValidationError,
  type Warning,
} from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential, token } from "./credential.ts";
import { seen } from "./recorder.ts";
import { failure, serve } from "./server.ts";

const options = {
  credential,
  region: "ap-guangzhou",
};
const call = { service: "toy", version: "2020-01-01", action: "DoIt" };
const refund = { ServiceId: "s" };
const GOOD = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
const JSON_TYPE = { "Content-Type": "application/json" };

/** The options of clients whose every call is answered so. */
async function answering(
  t: TestContext,
  body: string | Buffer,
  headers: Record<string, string> = JSON_TYPE,
  status = 200,
): Promise<ClientOptions> {
  const endpoint = await serve(t, (_, response) => {
    response.writeHead(status, headers).end(body);
  });
  return { ...options, endpoint };
}

test("an untyped call reads any answer, and its writes stay careful", async (t) => {
  const client = new Client(await answering(t, GOOD));
  const answer = await client.call<{ ServiceId: string }>(call);
  assert.equal(answer.ServiceId, "s");
  const broken = new Client(await answering(t, "<html>"));
  const written = await failure(broken.call(call));
  assert(written instanceof OutcomeUnknownError && written.cause instanceof ResponseError);
  const read = await failure(broken.call({ ...call, reads: true }));
  assert(read instanceof ResponseError);
  const error = '{"Response":{"Error":{"Code":"ResourceNotFound","Message":"m"},"RequestId":"r"}}';
  const refusing = new Client(await answering(t, error));
  assert.equal((await failure(refusing.call(call))).outcome, "refused");
  assert.equal((await failure(refusing.call({ ...call, reads: true }))).outcome, "refused");
});

test("an untyped call takes every form of request", async (t) => {
  const seen: string[] = [];
  const endpoint = await serve(t, (request, response) => {
    let length = 0;
    request.on("data", (chunk) => {
      length += chunk.length;
    });
    request.on("end", () => {
      const type = (request.headers["content-type"] ?? "").split(";")[0];
      seen.push(`${request.method} ${request.url} ${type} ${length}`);
      response.end(GOOD);
    });
  });
  const client = new Client({ ...options, endpoint });
  await client.call({ ...call, payload: { A: 1n } });
  await client.call({ ...call, method: "GET", params: { A: [1, 2] } });
  await client.call({ ...call, parts: [{ name: "A", value: new Blob(["x"]) }], boundary: "b" });
  const contentType = "application/octet-stream";
  await client.call({ ...call, payload: new Blob(["xyz"]), contentType, headers: { "X-A": "1" } });
  await client.call({ ...call, payload: "x".repeat(200_000), unsignedPayload: true });
  assert.deepEqual(seen, [
    "POST / application/json 7",
    "GET /?A.0=1&A.1=2 application/x-www-form-urlencoded 0",
    "POST / multipart/form-data 113",
    "POST / application/octet-stream 3",
    "POST / application/json 200000",
  ]);
  const wrong = { ...call, method: "GET", payload: {} } as const;
  assert.equal((await failure(client.call(wrong))).outcome, "notSent");
});

test("an octet-stream body is handed through where it was asked for", async (t) => {
  const bytes = Buffer.from([0, 255, 1]);
  const octets = { "Content-Type": "Application/Octet-Stream; x=y" };
  const client = new Client(await answering(t, bytes, octets));
  const body = await client.call<Uint8Array>({ ...call, answer: "bytes" });
  assert.deepEqual(Buffer.from(body), bytes);
  assert((await failure(client.call(call))) instanceof OutcomeUnknownError);
  const error = '{"Response":{"Error":{"Code":"InvalidAction","Message":"m"},"RequestId":"r"}}';
  const refusing = new Client(await answering(t, error, octets));
  assert((await failure(refusing.call({ ...call, answer: "bytes" }))) instanceof ApiError);
  const failing = new Client(await answering(t, bytes, octets, 502));
  const unknown = await failure(failing.call({ ...call, answer: "bytes" }));
  assert(unknown instanceof OutcomeUnknownError);
});

test("gzip is undone by the platform, and counted as it comes out", async (t) => {
  const headers = { ...JSON_TYPE, "Content-Encoding": "gzip" };
  const good = new Iotvideo(await answering(t, gzipSync(GOOD), headers));
  assert.equal((await good.RefundStorageService(refund)).RequestId, "r");
  const bomb = await answering(t, gzipSync(GOOD.padEnd(1_000_000)), headers);
  const error = await failure(
    new Iotvideo({ ...bomb, maxResponseBytes: 999_999 }).DescribeStorageService(refund),
  );
  assert(error instanceof ResponseError);
  assert.match(error.message, /larger than 999999 bytes, which is `maxResponseBytes`/);
  const enough = new Iotvideo({ ...bomb, maxResponseBytes: 1_000_000 });
  assert.equal((await enough.RefundStorageService(refund)).RequestId, "r");
  const broken = await answering(t, gzipSync(GOOD).subarray(0, 30), headers);
  const lost = await failure(new Iotvideo(broken).RefundStorageService(refund));
  assert(lost instanceof OutcomeUnknownError);
});

test("an error body counts whatever the status is, with its ids", async (t) => {
  const body = '{"Response":{"Error":{"Code":"AuthFailure","Message":"no"},"RequestId":"r-1"}}';
  const date = new Date(1_700_000_000_000).toUTCString();
  const headers = { ...JSON_TYPE, "X-TC-TraceId": "t-1", Date: date };
  for (const status of [200, 400, 401, 403, 429, 500, 503]) {
    const given = await answering(t, body, headers, status);
    const told = await failure(
      new Iotvideo({ ...given, now: () => 5 }).RefundStorageService(refund),
    );
    // Where a server on the way failed, an earlier arrival may have been executed.
    assert.equal(told.outcome, status === 200 ? "refused" : "unknown");
    assert.deepEqual([told.requestId, told.traceId], ["r-1", "t-1"]);
    const error = status === 200 ? told : told.cause;
    assert(error instanceof ApiError);
    const { code, message, requestId, traceId, sentAt, serverTime } = error;
    assert.deepEqual([code, message, requestId, traceId], ["AuthFailure", "no", "r-1", "t-1"]);
    assert.deepEqual([error.status, sentAt, serverTime], [status, 5, 1_700_000_000_000]);
    const again = Tc3Error.fromJSON(JSON.parse(JSON.stringify(error)));
    assert.deepEqual(again.toJSON(), error.toJSON());
  }
});

test("a redirect is never followed", async (t) => {
  let followed = 0;
  const trap = await serve(t, (_, response) => {
    followed += 1;
    response.end(GOOD);
  });
  for (const status of [300, 301, 302, 303, 307, 308]) {
    const given = await answering(t, GOOD, { ...JSON_TYPE, Location: trap }, status);
    const error = await failure(new Iotvideo(given).RefundStorageService(refund));
    assert(error instanceof OutcomeUnknownError && error.cause instanceof ResponseError);
    assert.match(error.message, /redirect/);
  }
  assert.equal(followed, 0);
});

test("the old shape of an answer is an error where its code is not zero", async (t) => {
  const old = '{"code":4000,"message":"wrong","codeDesc":"InvalidParameter"}';
  const error = await failure(new Iotvideo(await answering(t, old)).RefundStorageService(refund));
  assert(error instanceof ApiError);
  assert.deepEqual([error.code, error.message], ["InvalidParameter", "wrong"]);
  const zero = await answering(t, '{"code":0,"message":"","codeDesc":"Success"}');
  const unknown = await failure(new Iotvideo(zero).RefundStorageService(refund));
  assert(unknown instanceof OutcomeUnknownError);
});

test("a deprecated action is told to the hooks, whatever they throw", async (t) => {
  const warning = GOOD.replace("{", '{"a":1,').replace(
    '"RequestId"',
    '"DeprecatedWarning":"use B","RequestId"',
  );
  const told: Warning[] = [];
  const tell = (one: Warning) => {
    if (one.code === "Deprecated") told.push(one);
    seen(one);
    throw new Error("a hook that fails");
  };
  const given = await answering(t, warning);
  const iotvideo = new Iotvideo({ ...given, hooks: { onWarning: tell } });
  const rejecting = { onWarning: async (one: Warning) => tell(one) };
  const answer = await iotvideo.RefundStorageService(refund, { hooks: rejecting });
  assert.equal(answer.RequestId, "r");
  const expected: Warning = {
    about: "answer",
    code: "Deprecated",
    path: "action",
    message: "use B",
    service: "iotvideo",
    action: "RefundStorageService",
    requestId: "r",
  };
  assert.deepEqual(told, [expected, expected]);
  assert.throws(
    () => new Iotvideo({ ...given, hooks: { onwarning: tell } as never }),
    ValidationError,
  );
});

test("names such as __proto__ are own properties of an answer", async (t) => {
  const body = `{"Response":{"__proto__":{"a":1},"constructor":2,"toString":3,"RequestId":"r",
    "List":[{"__proto__":null}]}}`;
  for (const text of [body, body.replace("2", "9007199254740993")]) {
    const answer = await new Client(await answering(t, text)).call<Record<string, unknown>>(call);
    for (const name of ["__proto__", "constructor", "toString"]) {
      assert(Object.hasOwn(answer, name), name);
    }
    assert.equal(Object.getPrototypeOf(answer), Object.prototype);
    assert.equal(({} as { a?: number }).a, undefined);
  }
});

test("common members reach the service", async (t) => {
  let headers: Record<string, unknown> = {};
  const endpoint = await serve(t, (request, response) => {
    headers = request.headers;
    response.end(GOOD);
  });
  const client = new Iotvideo({
    ...options,
    credential: { ...options.credential, token },
    endpoint,
    language: "en-US",
    requestClient: "my-app",
  });
  await client.RefundStorageService(refund, { language: "zh-CN", traceId: "trace", region: "r" });
  const sent = ["language", "requestclient", "traceid", "region", "token"].map(
    (name) => headers[`x-tc-${name}`],
  );
  assert.deepEqual(sent, ["zh-CN", "my-app", "trace", "r", token]);
});

test("a client's endpoint is one of the service's own, or an origin", async () => {
  const urls: string[] = [];
  const fetch = async (url: unknown) => {
    urls.push(String(url));
    return new Response(GOOD);
  };
  const endpoints = ["nearest", "regional", "internal", "international", "http://a.localhost:81/"];
  for (const endpoint of endpoints) {
    await new Iotvideo({ ...options, endpoint, fetch }).RefundStorageService(refund);
  }
  const sentHost = "Gateway.example";
  await new Iotvideo({ ...options, sentHost, fetch }).RefundStorageService(refund);
  const plain = { endpoint: "http://intranet.example", insecureHttp: true };
  await new Iotvideo({ ...options, ...plain, fetch }).RefundStorageService(refund);
  assert.deepEqual(urls, [
    "https://iotvideo.tencentcloudapi.com/",
    "https://iotvideo.ap-guangzhou.tencentcloudapi.com/",
    "https://iotvideo.internal.tencentcloudapi.com/",
    "https://iotvideo.intl.tencentcloudapi.com/",
    "http://a.localhost:81/",
    "https://gateway.example/",
    "http://intranet.example/",
  ]);
  for (const endpoint of ["moon", "iotvideo.tencentcloudapi.com", "https://a.example/path"]) {
    assert.throws(() => new Iotvideo({ ...options, endpoint }), /endpoint: must be one of/);
  }
  for (const maxResponseBytes of [0, -1, 0.5, Number.NaN]) {
    assert.throws(() => new Iotvideo({ ...options, maxResponseBytes }), ValidationError);
  }
});

test("what the caller changes after the call is not sent", async () => {
  const bodies: string[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    const own = new Headers(init?.headers).get("X-A");
    bodies.push(await new Response(init?.body ?? null).text(), own ?? "");
    return new Response(GOOD);
  };
  const order = { ServiceId: "s", OrderId: "first" };
  const iotvideo = new Iotvideo({ ...options, fetch });
  const first = iotvideo.RefundStorageService(order);
  order.OrderId = "second";
  const second = iotvideo.RefundStorageService(order);
  order.OrderId = "third";
  await Promise.all([first, second]);
  assert.match(bodies.join(), /first.*second/);
  assert.doesNotMatch(bodies.join(), /third/);

  bodies.length = 0;
  const client = new Client({ ...options, fetch });
  const payload = new Uint8Array([97]);
  const headers = { "X-A": "1" };
  const parts = [{ name: "A", value: new Uint8Array([98]) as Uint8Array | string }];
  const calls = [
    client.call({ ...call, payload, headers }),
    client.call({ ...call, parts, boundary: "b" }),
    client.stream({ ...call, payload: { A: payload.length } }).next(),
  ];
  payload[0] = 120;
  headers["X-A"] = "x";
  (parts[0]?.value as Uint8Array)[0] = 120;
  if (parts[0]) parts[0].value = "x";
  await Promise.all(calls);
  assert(!bodies.join().includes("x"));
});
