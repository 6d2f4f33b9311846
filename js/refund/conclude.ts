/** What is told in the end. */

import { type Between, differencesOf } from "./order.ts";
import type { ListedOrder } from "./plan-types.ts";
import { type Known, type RefundReport, reportOf } from "./report.ts";
import { believe, has, isWorthIt, orders, readAgain, rest, SOON, type Work } from "./work.ts";

/** How often it is read at the end, where it cannot be read. */
const MOST_LAST_READINGS = 3;

/** The report of all that happened, and the last reading. */
export async function report(
  work: Work,
  before: ListedOrder[],
  wasOpen: ListedOrder[],
): Promise<RefundReport> {
  const { plan, known } = work;
  const others = wasOpen.filter(({ OrderId }) => !has(plan.orders, OrderId));
  const shown = [...plan.orders, ...others];
  const isSent = shown.some(({ OrderId }) => known.has(OrderId));
  let differences: string[] = [];
  try {
    await readLast(work);
    if (work.isStale) leaveOpen(work);
    else if (isSent && plan.orders.length > 0) {
      believe(work);
      const refunded = plan.orders.map(({ OrderId }) => whenDone(known.get(OrderId)));
      differences = differencesOf(plan, refunded, before, work.reading.orders);
    }
  } catch (error) {
    work.stopped ??= error;
  }
  const isRead = isSent && !work.isStale;
  const { service, orders: listed } = work.reading;
  const { stopped } = work;
  const rows = shown.map((order) => reportOf(order, known.get(order.OrderId)));
  return {
    ServiceId: plan.ServiceId,
    isDone: rows.every(({ outcome }) => outcome === "done"),
    orders: rows,
    differences,
    ...(isRead && {
      after: { Status: service.Status, EndTime: service.EndTime, orders: listed },
    }),
    ...(stopped !== undefined && { stopped }),
  };
}

/** Reads what became of it all. */
async function readLast(work: Work): Promise<void> {
  const most = work.options.settle === "later" ? 1 : MOST_LAST_READINGS;
  for (let readings = 1; work.isStale && readings <= most; readings += 1) {
    if (readings > 1 && !(await rest(work, SOON))) return;
    await readAgain(work);
  }
}

/** What was refused may have been refunded by somebody else, as long as no list says otherwise. */
function leaveOpen(work: Work): void {
  for (const known of orders(work, "tell")) {
    if (known.phase.name !== "notDone" || isWorthIt(known.error)) continue;
    const message =
      "it was refused, and the list could not be read since: look whether it is valid";
    known.phase = { ...known.phase, name: "check", why: { code: "Unread", message } };
  }
}

/** Of an earlier run, and of somebody else's refund, it is known that it was done, and not when. */
function whenDone(known: Known | undefined): Between | undefined {
  return known?.phase.name === "done" ? (known.between ?? { from: -1, until: -1 }) : undefined;
}
