/**
 * Refunds of IoT Video's cloud storage that can be trusted with money: planned before anything happens, sent once for each
 * order, and told as they are, also when an answer is lost.
 *
 * @module
 */

import { start } from "./core.ts";
import { refundCore } from "./load/refund.ts";
import { carryOut } from "./refund/carry-out.ts";
import { type RefundOptions, readRefundOptions } from "./refund/options.ts";
import { readPlan } from "./refund/plan.ts";
import type { RefundPlan } from "./refund/plan-types.ts";
import type { RefundClient } from "./refund/reading.ts";
import { withRecords } from "./refund/records.ts";
import type { RefundReport } from "./refund/report.ts";

/**
 * Carries a plan out. It reads again and refuses if anything differs from the plan; then each order gets one request, whose
 * intent is kept in the journal before it is sent. An answer that is lost is read back.
 *
 * What is promised: no request for an order outside the plan, and one for each order in it (unless `whole` or `tries` ask for
 * more); none that is not in the journal; and what is reported as done or not done is so. That a request is carried out no
 * later than five minutes and a `margin` after it was signed, by the service's clock, is an assumption.
 *
 * @throws PlanChangedError, JournalError, ValidationError, or what a reading throws: only where nothing was sent
 * @example const { isDone, orders } = await refund(iotvideo, plan, { journal: await openFileJournal("refunds.journal") });
 */
export async function refund(
  client: RefundClient,
  plan: RefundPlan,
  options: RefundOptions = {},
): Promise<RefundReport> {
  const read = readRefundOptions(options);
  const planned = readPlan(plan);
  await start(refundCore);
  return withRecords(read.journal, (records) => carryOut(client, planned, records, read));
}

export * from "./errors.ts";
export type { Journal, OpenJournal } from "./refund/journal.ts";
export { JournalError, type JournalFailure } from "./refund/journal-error.ts";
export { type RefundedService, type RefundManyOptions, refundMany } from "./refund/many.ts";
export { memoryJournal } from "./refund/memory.ts";
export type { RefundOptions } from "./refund/options.ts";
export { type PlanOptions, planRefund, type RefundTarget } from "./refund/plan.ts";
export { PlanChangedError } from "./refund/plan-changed.ts";
export type { ListedOrder, PlannedOrder, RefundPlan } from "./refund/plan-types.ts";
export type { RefundClient } from "./refund/reading.ts";
export type { Progress, RefundedOrder, RefundReport } from "./refund/report.ts";
export { settleRefunds } from "./refund/settle.ts";
export { planSvg } from "./refund/svg.ts";
export { planTimeline } from "./refund/timeline.ts";
export { describePlan } from "./refund/words.ts";
