/** What the table makes of a call: doubts that are told, exact digits in the form that was asked for, texts that came as numbers. */

import assert from "node:assert/strict";
import { test } from "node:test";
import {
  Client,
  type ClientOptions,
  type Integers,
  sign,
  stringify,
  ValidationError,
  type Warning,
} from "tc3-edge";
import { Iotvideo, StorageOrderStatus } from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT } from "../../sandbox/hosts/engine.ts";
import { serveSandbox } from "../../sandbox/hosts/node.ts";
import { credential } from "./credential.ts";
import { seen } from "./recorder.ts";
import { failure } from "./server.ts";

const region = "ap-guangzhou";

/** A client whose every call is answered with this, what was sent, and what its hook was told. */
function answering(response: string, more: Partial<ClientOptions<Integers>> = {}) {
  const told: string[] = [];
  const sent: string[] = [];
  const options = {
    credential,
    region,
    fetch: async (_: unknown, init?: RequestInit) => {
      sent.push(String(init?.body));
      return new Response(`{"Response":${response}}`);
    },
    hooks: {
      onWarning(warning: Warning) {
        seen(warning);
        told.push(`${warning.about} ${warning.path} ${warning.code}`);
      },
    },
    ...more,
  };
  return { options, told, sent };
}

const ORDER = '{"OrderId":"1","PkgId":"p","Status":0,"StartTime":1,"EndTime":2}';
const SERVICE = `"ServiceId":"s","StorageRegion":"${region}","Tid":"t","ChnNum":0,"AccessId":"-1","StartTime":1,"EndTime":2,"Status":2`;
const REFUNDED = `{${SERVICE},"Data":[${ORDER}],"RequestId":"r"}`;

test("a right answer is told of nothing, and what is new in it stays", async () => {
  const grown = REFUNDED.replace('"Data"', '"New":{"Deep":[1]},"Data"');
  const { options, told } = answering(grown);
  const answer = await new Iotvideo(options).RefundStorageService({ ServiceId: "s" });
  assert.deepEqual(answer, JSON.parse(grown));
  assert.deepEqual(told, []);
});

test("what an answer misses or has otherwise is told, and the answer is given all the same", async () => {
  const odd = `{"ServiceId":"s","Data":[{"OrderId":7,"Status":"1"},{"OrderId":"8"}],"RequestId":"r"}`;
  const { options, told } = answering(odd);
  const answer = await new Iotvideo(options).RefundStorageService({ ServiceId: "s" });
  assert.deepEqual(answer.Data[0], { OrderId: "7", Status: "1" });
  assert.deepEqual(told, [
    "answer Data[0].OrderId Type",
    "answer Data[0].Status Type",
    "answer Data[0].PkgId Missing",
    "answer Data[0].StartTime Missing",
    "answer Data[0].EndTime Missing",
    "answer Data[1].Status Missing",
    ...["StorageRegion", "Tid", "ChnNum", "AccessId", "StartTime", "EndTime", "Status"].map(
      (name) => `answer ${name} Missing`,
    ),
  ]);
});

test("a number where a text should be keeps every digit", async () => {
  const digits = ["12345678901234567890", "-1.50", "1e400", "0"];
  for (const number of digits) {
    const { options, told } = answering(REFUNDED.replace('"1"', number));
    const answer = await new Iotvideo(options).RefundStorageService({ ServiceId: "s" });
    assert.equal(answer.Data[0]?.OrderId, number);
    assert.deepEqual(told, ["answer Data[0].OrderId Type"]);
  }
});

test("integers come in the form that was asked for, and are written back as they were", async () => {
  const wide = REFUNDED.replace('"EndTime":2,"Status":2', '"EndTime":9007199254740993,"Status":2');
  const auto = answering(wide);
  const answer = await new Iotvideo(auto.options).RefundStorageService({ ServiceId: "s" });
  assert.deepEqual([answer.StartTime, answer.EndTime], [1, 9007199254740993n]);
  assert.deepEqual(auto.told, ["answer EndTime Wide"]);
  assert.equal(stringify(answer), wide);

  const big = answering(wide, { integers: "bigint" });
  const iotvideo = new Iotvideo({ ...big.options, integers: "bigint" });
  const exact = await iotvideo.RefundStorageService({ ServiceId: "s" });
  const [order] = exact.Data;
  assert.deepEqual([exact.StartTime, exact.EndTime], [1n, 9007199254740993n]);
  assert.deepEqual([order?.Status, order?.OrderId], [0n, "1"]);
  assert.equal(stringify(exact), wide);

  const texts = answering(wide, { integers: "string" });
  const told = await new Client(texts.options).call({
    service: "iotvideo",
    version: "2019-11-26",
    action: "RefundStorageService",
    payload: { ServiceId: "s" },
  });
  assert.deepEqual([told.StartTime, told.EndTime, told.AccessId], ["1", "9007199254740993", "-1"]);
  assert.deepEqual([...big.told, ...texts.told], []);
  assert.throws(
    () => new Client({ ...texts.options, integers: "bignum" as never }),
    ValidationError,
  );
});

test("stringify keeps null and digits, and refuses what JSON does not have", () => {
  assert.equal(stringify({ a: null, b: [1n, -0, 1.5] }), '{"a":null,"b":[1,0,1.5]}');
  assert.equal(stringify("a\u2028"), JSON.stringify("a\u2028"));
  assert.throws(() => stringify({ a: { b: Number.NaN } }), /a\.b: is NaN/);
  assert.throws(() => stringify(undefined), ValidationError);
});

test("doubts about a request are told before it is sent, and it is sent", async () => {
  const { options, told, sent } = answering('{"RequestId":"r"}', { region: "ap-guangzou" });
  const iotvideo = new Iotvideo(options);
  const version = { ProductId: "p", OtaVersion: "1.1.1", VersionUrl: "u", Md5: "c4ca" };
  await iotvideo.UploadOtaVersion(version);
  await iotvideo.CreateStorage({ PkgId: "p", Tid: "t", UserTag: "u" }, { region });
  assert.deepEqual(told, [
    "request region Unknown",
    "request Md5 Length",
    "request action Deprecated",
  ]);
  assert.equal(sent.length, 2);
});

test("the documented limits are held, each problem by its path", async () => {
  const { options } = answering("{}");
  const iotvideo = new Iotvideo({ ...options, fetch: () => assert.fail("it must not be sent") });
  const problems = async (call: Promise<unknown>) => {
    const error = await failure(call);
    assert(error instanceof ValidationError);
    return error.problems.map(({ path, code, message }) => `${path} ${code}: ${message}`);
  };
  const Contents = { En: "e".repeat(301), EN: "d" } as never;
  const upload = { ProductID: "p", OtaVersion: "1.64.0", VersionUrl: "u", FileSize: -1, Contents };
  assert.deepEqual(await problems(iotvideo.UploadOtaVersion(upload as never)), [
    "OtaVersion Format: must be integers joined by full stops: 0 to 63, 0 to 63, 1 to 524288",
    "FileSize Range: must be an integer from 0 to 2^64 - 1",
    "Contents.En Length: must have at most 300 characters",
    "Contents.EN Unknown: is not a parameter here",
    "ProductID Unknown: is not a parameter here; did you mean `ProductId`?",
    "ProductId Missing: must be given",
  ]);
  assert.deepEqual(await problems(iotvideo.DeleteDevice({ Tids: [] })), [
    "Tids Empty: must not be empty",
  ]);
  const Tids = Array.from({ length: 101 }, String);
  assert.deepEqual(await problems(iotvideo.DeleteDevice({ Tids })), [
    "Tids Length: must have at most 100 items",
  ]);
  const binding = { AccessId: "a", Tid: "t", Role: "Owner" as never };
  assert.deepEqual(await problems(iotvideo.CreateBinding(binding)), [
    "Role Value: must be one of `owner`, `guest`",
  ]);
});

test("without validation a payload is sent as it is, but no member is lost", async () => {
  const { options, sent } = answering(REFUNDED);
  const iotvideo = new Iotvideo(options);
  const asIs = { Service: "s", OrderId: 7 } as never;
  await iotvideo.RefundStorageService(asIs, { validate: false });
  assert.deepEqual(sent, ['{"Service":"s","OrderId":7}']);
  const lost = { ServiceId: "s", OrderId: undefined } as never;
  const error = await failure(iotvideo.RefundStorageService(lost, { validate: false }));
  assert.match(error.message, /^OrderId: is there without a value/);
  assert.equal(sent.length, 1);
});

/** Order ids as bare numbers beyond 2^53, which the sandbox knows by their last digits. */
const AHEAD = "90071992547409";

test("a refund goes its whole way where the service answers ids as bare numbers", async (t) => {
  const sandbox = await serveSandbox({ seed: 3 });
  t.after(() => sandbox.close());
  const told = new Set<string>();
  const { secretId, secretKey } = DEFAULT_ACCOUNT;
  const key = { secretId, secretKey };
  const bare: typeof fetch = async (url, init) => {
    const action = new Headers(init?.headers).get("X-TC-Action") ?? "";
    const payload = String(init?.body).replace(`"${AHEAD}`, '"');
    const input = { service: "iotvideo", version: "2019-11-26", action, region, payload };
    const { host } = new URL(String(url));
    const signed = sign(key, { ...input, host, scheme: "http" });
    const response = await fetch(signed.url, signed);
    const body = await response.text();
    return new Response(body.replaceAll(/"OrderId":"(\d+)"/g, `"OrderId":${AHEAD}$1`), response);
  };
  const iotvideo = new Iotvideo({
    credential: key,
    region,
    endpoint: sandbox.url,
    fetch: bare,
    hooks: { onWarning: ({ path, code }) => told.add(`${path} ${code}`) },
  });
  const bought = await iotvideo.CreateStorageService({
    PkgId: "yc1m3d",
    Tid: "camera-1",
    OrderCount: 3,
    StorageRegion: region,
  });
  const OrderId = bought.Data[2]?.OrderId ?? "";
  assert.match(OrderId, /^90071992547409\d+$/);
  const { ServiceId } = bought;
  const refunded = await iotvideo.RefundStorageService({ ServiceId, OrderId });
  assert.deepEqual(
    refunded.Data.map((order) => order.OrderId),
    bought.Data.slice(0, 2).map((order) => order.OrderId),
  );
  const { Data } = await iotvideo.DescribeStorageService({ ServiceId, GetFinishedOrder: true });
  const order = Data.find((one) => one.OrderId === OrderId);
  assert.equal(order?.Status, StorageOrderStatus.Refunded);
  assert.deepEqual([...told], ["Data[0].OrderId Type"]);
  assert.deepEqual(
    sandbox.pool().map((pooled) => `${AHEAD}${pooled.orderId}`),
    [OrderId],
  );
});
