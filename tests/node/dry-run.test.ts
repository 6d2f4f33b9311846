/** A dry run changes nothing: it is sent only where the service itself knows it, and else without a signature nowhere. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { CallOptions, ClientOptions, Reply } from "../../dist/client.js";
import { Iotvideo } from "../../dist/generated/iotvideo/v20191126.js";
import { Client, OutcomeUnknownError, ValidationError } from "../../dist/index.js";
import { serviceClass } from "../../dist/service.js";
import { credential, token } from "./credential.ts";
import { seen } from "./recorder.ts";
import { failure } from "./server.ts";

const options = {
  credential: { ...credential, token },
  region: "ap-guangzhou",
};
const neverSent = () => assert.fail("it must not be sent");

/** A service with an action that takes `DryRun` and one that does not. */
interface Toy {
  Try<Options extends CallOptions>(
    request: object,
    options?: Options,
  ): Promise<Reply<{ Id: string }, Options, "auto">>;
  Do: Toy["Try"];
}
const Toy: new (options: ClientOptions) => Toy = serviceClass({
  name: "Toy",
  service: "toy",
  version: "2020-01-01",
  table: "1 toy 2020-01-01 R\nAwTry\n<b DryRun\n<s! Name\n>s!* Id\nAwDo\n<s! Name\n",
  valued: {},
});

test("a refund that is only tried is checked and shown, and never sent", async () => {
  const iotvideo = new Iotvideo({ ...options, fetch: neverSent });
  const tried = await iotvideo.RefundStorageService({ ServiceId: "s" }, { dryRun: true });
  seen(tried);
  assert(tried.dryRun && !tried.sent);
  const { method, url, headers, body } = tried.request;
  assert.deepEqual([method, url], ["POST", "https://iotvideo.tencentcloudapi.com/"]);
  assert.equal(body, '{"ServiceId":"s"}');
  assert.equal(headers["X-TC-Action"], "RefundStorageService");
  assert.match(headers.Authorization ?? "", /Credential=test-id\/.*, Signature=\(hidden\)$/);
  assert.doesNotMatch(JSON.stringify(tried), new RegExp(`${token}|[0-9a-f]{64}`));
  const wrong = iotvideo.RefundStorageService({ ServiceId: "" }, { dryRun: true });
  assert((await failure(wrong)) instanceof ValidationError);
});

test("a list is no payload, and no dry run makes it one", async () => {
  const toy = new Toy({ ...options, fetch: neverSent });
  for (const wrong of [[], [{ Name: "n" }], new Map()]) {
    const error = await failure(toy.Try(wrong, { dryRun: true }));
    assert(error instanceof ValidationError);
    assert.equal(error.problems[0]?.code, wrong instanceof Map ? "Type" : "NotAnObject");
  }
});

test("no action of IoT Video takes DryRun, so none of them is sent", async () => {
  const iotvideo = new Iotvideo({ ...options, fetch: neverSent });
  const dry = { dryRun: true } as const;
  const region = "ap-guangzhou";
  const purchase = { PkgId: "yc1m3d", Tid: "t", OrderCount: 1, StorageRegion: region };
  assert.equal((await iotvideo.CreateStorageService(purchase, dry)).sent, false);
  assert.equal((await iotvideo.DescribeStorageService({ ServiceId: "s" }, dry)).sent, false);
  const withField = { ServiceId: "s", DryRun: true };
  const refused = await failure(iotvideo.RefundStorageService(withField, dry));
  assert(refused instanceof ValidationError);
  assert.deepEqual(
    refused.problems.map(({ path }) => path),
    ["DryRun"],
  );
});

test("where the service knows dry runs, its own code is the success", async () => {
  const bodies: unknown[] = [];
  let code = "DryRunOperation";
  const fetch = async (_: unknown, init?: RequestInit) => {
    bodies.push(init?.body);
    return new Response(`{"Response":{"Error":{"Code":"${code}","Message":"m"},"RequestId":"r"}}`);
  };
  const toy = new Toy({ ...options, fetch });
  const payload = Object.freeze({ Name: "n" });
  const done = { dryRun: true, sent: true, requestId: "r" };
  assert.deepEqual(await toy.Try(payload, { dryRun: true }), done);
  const silent = await failure(toy.Try({ Name: "n", DryRun: true }));
  assert.match(silent.message, /^DryRun: is said by the option `dryRun: true`/);
  assert.deepEqual(bodies, ['{"Name":"n","DryRun":true}']);
  code = "InvalidParameter";
  const refused = await failure(toy.Try(payload, { dryRun: true }));
  assert.deepEqual([refused.code, refused.outcome], ["InvalidParameter", "refused"]);
  assert.equal(bodies.length, 2);
  assert.deepEqual((await toy.Do(payload, { dryRun: true })).dryRun, true);
  assert.equal(bodies.length, 2);
});

test("a dry run that was answered as a real call may have happened", async () => {
  const fetch = async () => new Response('{"Response":{"Id":"1","RequestId":"r"}}');
  const toy = new Toy({ ...options, fetch });
  const error = await failure(toy.Try({ Name: "n" }, { dryRun: true }));
  assert.match(error.message, /a dry run was answered as a call that was really made/);
  assert.equal(error.outcome, "unknown");
  assert(error instanceof OutcomeUnknownError && error.retry === "never");
});

test("an untyped dry run is never sent, and a stream has none", async () => {
  const client = new Client({ ...options, fetch: neverSent });
  const call = { service: "cvm", version: "2017-03-12", action: "RunInstances" };
  const payload = { DryRun: true };
  const tried = await client.call({ ...call, payload }, { dryRun: true });
  assert(!tried.sent);
  assert.match(tried.request.headers.Authorization ?? "", /\(hidden\)$/);
  assert.throws(() => client.stream(call, { dryRun: true }), ValidationError);
});

test("an option counts however it is given", async () => {
  const iotvideo = new Iotvideo({ ...options, fetch: neverSent });
  class Getter {
    get dryRun() {
      return true as const;
    }
  }
  const dry = { dryRun: true } as const;
  for (const given of [
    Object.create(dry),
    new Getter(),
    Object.defineProperty({}, "dryRun", { value: true }),
    new Proxy({}, { get: (_, name) => name === "dryRun" || undefined }),
  ] as (typeof dry)[]) {
    assert.equal((await iotvideo.RefundStorageService({ ServiceId: "s" }, given)).sent, false);
  }
  const inherited = Object.assign(Object.create({ endpoint: "http://127.0.0.1:9" }), options);
  const tried = await new Iotvideo(inherited).RefundStorageService({ ServiceId: "s" }, dry);
  assert(!tried.sent && tried.request.url === "http://127.0.0.1:9/");
});
