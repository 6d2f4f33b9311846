/** What others do to a service while it is refunded. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { memoryJournal, planRefund, refund } from "tc3-edge/refund";
import { REFUNDS, Service } from "./service.ts";

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
