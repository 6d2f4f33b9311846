/** What others do to a service while it is refunded. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryJournal, PlanChangedError, planRefund, refund } from "tc3-edge/refund";
import { lost, READS, REFUNDS, Service } from "./service.ts";

test("an order that somebody else refunded first is told as refunded", async () => {
  for (const returned of ["listed", "gone", "otherId"] as const) {
    const service = await Service.begin({ returned });
    const { ServiceId, ids } = await service.buy(2);
    const client = service.client({ idempotencyKey: true });
    const [, OrderId = ""] = ids;
    const plan = await planRefund(client, { ServiceId, OrderId });
    service.fate = async ({ action }, deliver) => {
      if (action === REFUNDS) await service.others.RefundStorageService({ ServiceId, OrderId });
      return deliver();
    };
    const options = { ...service.time, journal: memoryJournal() };
    // And once more, from the journal.
    for (const run of [1, 2]) {
      const report = await refund(client, plan, options);
      const [row] = report.orders;
      assert.equal(row?.outcome, "done", `${returned} ${run}`);
      assert.equal(service.sent.length, 1);
    }
  }
});

test("what was refused is not told as valid where the list cannot be read", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const client = service.client({ idempotencyKey: true });
  const [, OrderId = ""] = ids;
  const plan = await planRefund(client, { ServiceId, OrderId });
  let unreadable = 9;
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) await service.others.RefundStorageService({ ServiceId, OrderId });
    if (action === READS && service.sent.length > 0) {
      unreadable -= 1;
      if (unreadable >= 0) lost();
    }
    return deliver();
  };
  const options = { ...service.time, journal: memoryJournal() };
  const [row] = (await refund(client, plan, options)).orders;
  assert.deepEqual([row?.outcome, row?.check?.code], ["unknown", "Unread"]);
  unreadable = 0;
  const [again] = (await refund(client, plan, options)).orders;
  assert.equal(again?.outcome, "done");
  assert.equal(service.sent.length, 1);
});

test("an order that starts while another one's answer is waited for is not sent", async () => {
  for (const isDone of [false, true]) {
    const service = await Service.begin();
    const { ServiceId, ids } = await service.buy(3);
    const first = await planRefund(service.others, { ServiceId });
    const start = (first.orders[1]?.StartTime ?? 0) * 1000;
    await service.wait(start - service.now() - 60_000);
    const client = service.client();
    const plan = await planRefund(client, { ServiceId });
    service.fate = async ({ action }, deliver) => {
      if (action !== REFUNDS) return deliver();
      const response = isDone ? await deliver() : undefined;
      await service.wait(90_000);
      return response ?? lost();
    };
    const report = await refund(client, plan, service.time);
    assert.deepEqual(
      report.orders.map(({ outcome }) => outcome),
      // The first one has expired by then.
      [isDone ? "done" : "notDone", "notSent", "notSent"],
    );
    assert(report.stopped instanceof PlanChangedError);
    assert.deepEqual(service.sent, ids.slice(0, 1));
  }
});
