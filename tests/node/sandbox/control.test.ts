/** The control API over HTTP: who may use it, and what a tester does with it. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ApiError, OutcomeUnknownError } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";
import { replayHere, type ServeOptions, serveSandbox } from "../../../sandbox/hosts/node.ts";
import type { Recording } from "../../../sandbox/hosts/record.ts";
import { failure } from "../server.ts";

const { account, ...credential } = DEFAULT_ACCOUNT;
const purchase = {
  PkgId: "yc1m3d",
  Tid: "camera-1",
  OrderCount: 2,
  StorageRegion: "ap-guangzhou",
} as const;

/** A sandbox that listens, a client of it, and a tester. */
async function start(t: TestContext, options: ServeOptions = {}) {
  const sandbox = await serveSandbox({ seed: 7, ...options });
  t.after(() => sandbox.close());
  const iotvideo = new Iotvideo({
    credential,
    region: "ap-guangzhou",
    endpoint: sandbox.url,
    retry: { tries: 1 },
  });
  const ask = (command: string, members?: object, headers: Record<string, string> = {}) =>
    fetch(`${sandbox.url}/_sandbox/${command}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${sandbox.controlToken}`, ...headers },
      ...(members && { body: JSON.stringify(members) }),
    });
  return { sandbox, iotvideo, ask };
}

test("only who has the token may use it, and no page but the console's", async (t) => {
  const { sandbox, ask } = await start(t, { consoleOrigin: "http://localhost:5173" });
  assert.equal((await ask("status")).status, 200);
  for (const wrong of ["", "Bearer x", `Bearer ${sandbox.controlToken}x`, sandbox.controlToken]) {
    assert.equal((await ask("status", {}, { Authorization: wrong })).status, 401, wrong);
  }
  const foreign = await ask("status", {}, { Origin: "https://example.com" });
  assert.equal(foreign.status, 403);
  assert.equal(foreign.headers.get("access-control-allow-origin"), null);
  const own = await ask("status", {}, { Origin: "http://localhost:5173" });
  assert.equal(own.headers.get("access-control-allow-origin"), "http://localhost:5173");
  assert.equal((await fetch(`${sandbox.url}/_sandbox/status`)).status, 405);
  const unknown = await ask("nonsense");
  assert.equal(unknown.status, 400);
  assert.match(await unknown.text(), /makeKey.*setClock.*ledger/);
});

test("a tester moves the clock, and an order expires", async (t) => {
  const { iotvideo, ask } = await start(t);
  const { ServiceId } = await iotvideo.CreateStorageService(purchase);
  await ask("setClock", { advance: 90 * 86_400_000 });
  // The client learns the service's clock from its refusal, and signs again.
  const patient = { retry: { tries: 2 } };
  const found = await iotvideo.DescribeStorageService(
    { ServiceId, GetFinishedOrder: true },
    patient,
  );
  assert.deepEqual(
    found.Data.map(({ Status }) => Status),
    [4, 4],
  );
});

test("faults befall what they were asked for, and what was done is done", async (t) => {
  const { sandbox, iotvideo, ask } = await start(t);
  const { ServiceId } = await iotvideo.CreateStorageService(purchase);
  const action = "RefundStorageService";
  for (const effect of ["cut", { truncate: 20 }, { status: 503 }, { code: "InternalError" }]) {
    await ask("addFault", { action, count: 1, effect });
    const error = await failure(iotvideo.RefundStorageService({ ServiceId }));
    assert(error instanceof OutcomeUnknownError, `${JSON.stringify(effect)} ${error}`);
  }
  assert.equal(sandbox.pool().length, 0);
  await ask("addFault", { action, count: 1, when: "after", effect: "cut" });
  const lost = await failure(iotvideo.RefundStorageService({ ServiceId }));
  assert(lost instanceof OutcomeUnknownError);
  assert.equal(sandbox.pool().length, 1);
  await ask("addFault", { count: 1, effect: { contentType: "application/json; charset=utf-8" } });
  await iotvideo.DescribeStorageService({ ServiceId });
  await ask("addFault", { count: 1, effect: "hang" });
  const hung = await failure(iotvideo.DescribeStorageService({ ServiceId }, { timeout: 50 }));
  assert.equal(hung.name, "TimeoutError");
});

test("the ledger shows every attempt, and a state goes on elsewhere", async (t) => {
  const first = await start(t);
  const { ServiceId } = await first.iotvideo.CreateStorageService(purchase);
  await failure(first.iotvideo.RefundStorageService({ ServiceId: "nobody's" }));
  await first.ask("makeKey", { secretId: "k", secretKey: "another-invented-key", account });
  const lines = await (await first.ask("ledger", { attempts: true })).json();
  const told = lines.map(
    ({ what, outcome }: { what: string; outcome?: string }) => outcome ?? what,
  );
  assert.deepEqual(told, ["created", "bought", "bought", "ok", "ResourceNotFound", "keyMade"]);
  assert.doesNotMatch(JSON.stringify(lines), /another-invented-key/);
  const state = await (await first.ask("export")).json();
  const second = await start(t);
  await second.ask("restore", state);
  const moved = await second.iotvideo.DescribeStorageService({ ServiceId });
  assert.equal(moved.Data.length, 2);
  assert.equal((await second.ask("restore", { nonsense: 1 })).status, 400);
});

test("a session is recorded, and answered alike when it is made again", async (t) => {
  const { sandbox, iotvideo, ask } = await start(t);
  await ask("record");
  const { ServiceId } = await iotvideo.CreateStorageService(purchase);
  await ask("addFault", {
    action: "RefundStorageService",
    count: 1,
    effect: { code: "InternalError" },
  });
  await failure(iotvideo.RefundStorageService({ ServiceId }));
  await iotvideo.RefundStorageService({ ServiceId });
  const stranger = new Iotvideo({
    credential: { ...credential, secretId: "strangers-id" },
    region: "ap-guangzhou",
    endpoint: sandbox.url,
  });
  assert((await failure(stranger.DescribeStorageService({ ServiceId }))) instanceof ApiError);
  const recording: Recording = await (await ask("recording")).json();
  assert.doesNotMatch(JSON.stringify(recording), /strangers-id/);
  assert.deepEqual(await replayHere(recording), []);
  const [, second] = recording.steps;
  assert(second);
  second.answer += " ";
  const [difference] = await replayHere(recording);
  assert.deepEqual([difference?.step, difference?.recorded], [1, second.answer]);
});
