/** What a journal knows as open is read back without a plan, and nothing is sent. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { memoryJournal, planRefund, refund, settleRefunds } from "tc3-edge/refund";
import { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";
import { serveSandbox } from "../../../sandbox/hosts/node.ts";

test("nothing is read where nothing is open, and nothing is sent where something is", async (t) => {
  const sandbox = await serveSandbox();
  t.after(() => sandbox.close());
  const { secretId, secretKey } = DEFAULT_ACCOUNT;
  const credential = { secretId, secretKey };
  const iotvideo = new Iotvideo({ credential, region: "ap-guangzhou", endpoint: sandbox.url });
  const { ServiceId } = await iotvideo.CreateStorageService({
    PkgId: "yc1m3d",
    Tid: "camera-1",
    OrderCount: 2,
    StorageRegion: "ap-guangzhou",
  });
  const journal = memoryJournal();
  const calls = async (action: string) =>
    (await sandbox.ledger({ attempts: true })).filter(
      (line) => line.what === "attempted" && line.action === action,
    ).length;
  const empty = await settleRefunds(iotvideo, { ServiceId }, { journal });
  assert.deepEqual(empty, { ServiceId, isDone: true, orders: [], differences: [] });
  assert.equal(await calls("DescribeStorageService"), 0);

  const plan = await planRefund(iotvideo, { ServiceId });
  const action = "RefundStorageService";
  await sandbox.control("addFault", { effect: "cut", action, when: "before", count: 1 });
  const { orders } = await refund(iotvideo, plan, { journal, settle: "later" });
  assert.deepEqual(
    orders.map(({ outcome }) => outcome),
    ["unknown", "done"],
  );
  const before = await calls(action);
  await sandbox.control("setClock", { advance: 600_000 });
  const settled = await settleRefunds(iotvideo, { ServiceId }, { journal, tries: 9, whole: true });
  assert.equal(settled.isDone, false);
  assert.deepEqual(
    settled.orders.map(({ outcome, tries }) => [outcome, tries]),
    [
      ["notDone", 1],
      ["done", 1],
    ],
  );
  assert.equal(await calls(action), before);
});
