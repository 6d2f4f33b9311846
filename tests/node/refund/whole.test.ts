/** One call for a whole service, only where the whole service was planned. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { planRefund, refund } from "tc3-edge/refund";
import { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";
import { serveSandbox } from "../../../sandbox/hosts/node.ts";

test("a plan of one order is not carried out by a call that refunds every order", async (t) => {
  const sandbox = await serveSandbox();
  t.after(() => sandbox.close());
  const { secretId, secretKey } = DEFAULT_ACCOUNT;
  const credential = { secretId, secretKey };
  const iotvideo = new Iotvideo({ credential, region: "ap-guangzhou", endpoint: sandbox.url });
  const { ServiceId, Data } = await iotvideo.CreateStorageService({
    PkgId: "yc1m3d",
    Tid: "camera-1",
    OrderCount: 2,
    StorageRegion: "ap-guangzhou",
  });
  const OrderId = Data[1]?.OrderId ?? "";
  const one = await planRefund(iotvideo, { ServiceId, OrderId });
  await assert.rejects(refund(iotvideo, one, { whole: true }), ValidationError);
  const { isDone } = await refund(iotvideo, one);
  assert.equal(isDone, true);
  // The order that is left is the whole service, and yet another one was asked for.
  const last = await planRefund(iotvideo, { ServiceId, OrderId: Data[0]?.OrderId ?? "" });
  await assert.rejects(refund(iotvideo, last, { whole: true }), ValidationError);
  const all = await planRefund(iotvideo, { ServiceId });
  assert.equal((await refund(iotvideo, all, { whole: true })).isDone, true);
});
