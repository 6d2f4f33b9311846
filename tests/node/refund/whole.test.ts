/** One call for a whole service: what it may take, and what its answer proves. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import { memoryJournal, PlanChangedError, planRefund, refund, refundMany } from "tc3-edge/refund";
import { lost, REFUNDS, Service } from "./service.ts";

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

test("an order that expired before a call for all is not told as refunded", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const client = service.client();
  const { orders } = await planRefund(client, { ServiceId });
  await service.wait((orders[0]?.EndTime ?? 0) * 1000 - service.now() - 1000);
  const plan = await planRefund(client, { ServiceId });
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) await service.wait(5000);
    return deliver();
  };
  const report = await refund(client, plan, { ...service.time, whole: true });
  assert.deepEqual(await service.refunded(), [ids[1]]);
  assert.deepEqual(
    report.orders.map(({ outcome }) => outcome),
    ["notDone", "done"],
  );
  assert(report.differences.some((difference) => difference.includes("started")));
});

test("nothing else of the service is sent while a call for all may still be carried out", async () => {
  for (const settle of ["later", "wait"] as const) {
    const service = await Service.begin();
    const { ServiceId } = await service.buy(2);
    const journal = memoryJournal();
    const options = { ...service.time, journal };
    const plan = await planRefund(service.others, { ServiceId });
    service.fate = ({ action }, deliver) => (action === REFUNDS ? lost() : deliver());
    await refund(service.client(), plan, { ...options, whole: true, settle: "later" });
    const [OrderId = ""] = (await service.buy(1)).ids;
    service.fate = (_, deliver) => deliver();
    const client = service.client();
    const second = await planRefund(client, { ServiceId, OrderId });
    const report = await refund(client, second, { ...options, settle });
    const [row, ...others] = report.orders.map(({ outcome }) => outcome);
    const isSettled = settle === "wait";
    assert.equal(row, isSettled ? "done" : "notSent");
    assert.deepEqual(others, Array(2).fill(isSettled ? "notDone" : "unknown"));
    assert.equal(report.stopped instanceof PlanChangedError, !isSettled);
    assert.deepEqual(service.sent, isSettled ? ["", OrderId] : [""]);
    assert.deepEqual(await service.refunded(), isSettled ? [OrderId] : []);
  }
});
