/** One call for a whole service: what it may take, and what its answer proves. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import { planRefund, refund, refundMany } from "tc3-edge/refund";
import { Service } from "./service.ts";

test("a plan of one order is never carried out by a call for all", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const client = service.client();
  const target = { ServiceId, OrderId: ids[1] ?? "" };
  const plan = await planRefund(client, target);
  const options = { ...service.time, whole: true };
  const isRefused = (error: unknown) =>
    error instanceof ValidationError && /^whole: /.test(error.message);
  await assert.rejects(refund(client, plan, options), isRefused);
  const { OrderId, ...rest } = plan;
  await assert.rejects(refund(client, rest, options), isRefused);
  for (const row of await refundMany(client, [target], options)) {
    assert(isRefused(row.error), String(row.error));
  }
  assert.deepEqual(await service.refunded(), []);
});

test("a call for all refunds each planned order", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(3);
  const client = service.client();
  const plan = await planRefund(client, { ServiceId });
  const report = await refund(client, plan, { ...service.time, whole: true });
  assert(report.isDone);
  assert.deepEqual(service.sent, [""]);
  assert.deepEqual(await service.refunded(), ids);
});
