/** What an earlier run left open: read back, and nothing sent. */

import { start } from "../core.ts";
import { aText } from "../kinds.ts";
import { refundCore } from "../load/refund.ts";
import { readMembers } from "../members.ts";
import { wrong } from "../problems.ts";
import { carryOut } from "./carry-out.ts";
import { type RefundOptions, readRefundOptions } from "./options.ts";
import type { RefundPlan } from "./plan-types.ts";
import type { RefundClient } from "./reading.ts";
import { withRecords } from "./records.ts";
import { type RefundReport, reportOf } from "./report.ts";

const SERVICE = { ServiceId: aText };

/**
 * Reads back what a journal knows as open of one service, as `refund` does before it sends. Nothing is sent; where nothing is
 * open, nothing is read either. For a run that follows one that was stopped, also where no order is left to plan.
 *
 * @returns every order of this service that the journal knows: those that were open first
 * @throws JournalError, ValidationError, or what a reading throws
 * @example const { orders } = await settleRefunds(iotvideo, { ServiceId }, { journal, settle: "later" });
 */
export async function settleRefunds(
  client: RefundClient,
  service: { ServiceId: string },
  options: RefundOptions = {},
): Promise<RefundReport> {
  const { ServiceId } = readMembers(service, SERVICE);
  if (!ServiceId) throw wrong("ServiceId", "is missing", "Missing");
  const read = { ...readRefundOptions(options), whole: false };
  await start(refundCore);
  return withRecords(read.journal, async (records) => {
    const known = [...(records.entries.get(ServiceId)?.values() ?? [])];
    const settled: RefundReport = known.some(({ phase }) => phase.next === "readBack")
      ? await carryOut(client, nothingOf(ServiceId), records, read)
      : { ServiceId, isDone: true, orders: [], differences: [] };
    const wasOpen = new Set(settled.orders.map(({ OrderId }) => OrderId));
    const others = known.filter(({ order }) => !wasOpen.has(order.OrderId));
    const orders = [...settled.orders, ...others.map((one) => reportOf(one.order, one))];
    return { ...settled, orders, isDone: orders.every(({ outcome }) => outcome === "done") };
  });
}

/** A plan that sends nothing. */
function nothingOf(ServiceId: string): RefundPlan {
  return {
    ServiceId,
    drawnAt: 0,
    service: { Status: 0, StartTime: 0, EndTime: 0 },
    orders: [],
    stay: [],
    after: { Status: 0, EndTime: 0 },
  };
}
