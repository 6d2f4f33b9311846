/** A second request for an order: only where it was asked for, and where the first one did nothing and can do nothing. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryJournal, PlanChangedError, planRefund, refund } from "tc3-edge/refund";
import { type Fate, lost, READS, REFUNDS, Service } from "./service.ts";

/** A client that knows that its requests arrive once, so that a refusal proves something. */
async function oneOrder() {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const client = service.client({ idempotencyKey: true });
  const [, OrderId = ""] = ids;
  return { service, client, OrderId, plan: await planRefund(client, { ServiceId, OrderId }) };
}

/** Loses the first request before it arrives. */
function losesFirst(service: Service): Fate {
  return ({ action }, deliver) =>
    action === REFUNDS && service.sent.length === 1 ? lost() : deliver();
}

test("nothing is sent twice unless it is asked for", async () => {
  const { service, client, plan, OrderId } = await oneOrder();
  service.fate = losesFirst(service);
  const report = await refund(client, plan, service.time);
  assert.deepEqual(
    report.orders.map(({ outcome, tries }) => [outcome, tries]),
    [["notDone", 1]],
  );
  assert.deepEqual(service.sent, [OrderId]);
});

test("another one follows one that was lost when that is too late, or one that was throttled", async () => {
  for (const isThrottled of [false, true]) {
    const { service, client, plan, OrderId } = await oneOrder();
    if (isThrottled) await service.refuse("RequestLimitExceeded");
    else service.fate = losesFirst(service);
    const began = service.now();
    const report = await refund(client, plan, { ...service.time, tries: 2 });
    assert(report.isDone);
    assert.equal(report.orders[0]?.tries, 2);
    assert.deepEqual(service.sent, [OrderId, OrderId]);
    assert.deepEqual(await service.refunded(), [OrderId]);
    // Five minutes and the margin.
    assert.equal(service.now() - began > 360_000, !isThrottled);
  }
});

test("none follows a refusal that would come again", async () => {
  const { service, client, plan } = await oneOrder();
  await service.refuse("OperationDenied");
  const report = await refund(client, plan, { ...service.time, tries: 3 });
  assert.equal(report.orders[0]?.outcome, "notDone");
  assert.equal(service.sent.length, 1);
});

test("none is sent where the plan cannot be read again, or has changed", async () => {
  for (const change of ["unreadable", "started"]) {
    const { service, client, plan } = await oneOrder();
    await service.refuse("RequestLimitExceeded");
    const isStarted = change === "started";
    service.fate = ({ action }, deliver) =>
      action === READS && service.sent.length === 1 && !isStarted ? lost() : deliver();
    const wait = (ms: number) => service.wait(isStarted ? 32 * 86_400_000 : ms);
    const report = await refund(client, plan, { now: service.now, wait, tries: 2 });
    assert.equal(service.sent.length, 1, change);
    assert.equal(report.orders[0]?.outcome, "notDone");
    assert.equal(report.stopped instanceof PlanChangedError, isStarted);
    assert.notEqual(report.stopped, undefined);
  }
});

test("another one follows one of an earlier run, once that is too late", async () => {
  const { service, client, plan, OrderId } = await oneOrder();
  const journal = memoryJournal();
  service.fate = losesFirst(service);
  await refund(client, plan, { ...service.time, journal, settle: "later" });
  const report = await refund(service.client(), plan, { ...service.time, journal, tries: 2 });
  assert(report.isDone);
  assert.deepEqual(service.sent, [OrderId, OrderId]);
  assert.deepEqual(await service.refunded(), [OrderId]);
});
