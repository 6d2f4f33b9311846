/** A refund's plan in words, for the person who is to confirm it. */

import { refuseNoPlan } from "./is-plan.ts";
import type { ListedOrder, RefundPlan } from "./plan-types.ts";
import { idOf, isTime, utcOf } from "./shown.ts";

/**
 * Says what a refund will do: what is lost, what returns, what stays, what becomes of the service, and what of this is
 * assumed. Lines of printable ASCII, times in UTC; ids that are more than a plain word are quoted and escaped.
 *
 * @param plan what the refund will do
 * @returns lines with `\n` between them
 * @throws ValidationError where it is given no plan
 */
export function describePlan(plan: RefundPlan): string {
  refuseNoPlan(plan);
  const { orders, stay, service, after, drawnAt } = plan;
  const lost = orders.filter(({ fate }) => fate === "void");
  const back = orders.filter(({ fate }) => fate === "returns");
  const next = Math.min(...stay.map(({ StartTime }) => StartTime).filter(isTime));
  const now = drawnAt / 1000;
  const assumed = [
    back.length > 0 &&
      "An order may still start before its request arrives; then it becomes void too.",
    lost.some(({ Status }) => Status === 3) && "A paused order becomes void, as one in use does.",
    stay.length > 0 && "Orders that stay keep their times.",
    "The service's state then follows from the orders that stay.",
  ];
  return [
    `Refund ${whichOf(plan)} of service ${idOf(plan.ServiceId)}, as listed at ${utcOf(now)}.`,
    ...group(
      lost,
      "becomes void: what was paid for it is lost",
      "become void: what was paid for them is lost",
    ),
    ...group(
      back,
      "returns to the pool of paid orders, for a later purchase",
      "return to the pool of paid orders, for later purchases",
    ),
    ...group(stay, "stays", "stay"),
    `Service now: ${stateOf(service.Status, service.StartTime, service.EndTime, now)}.`,
    `Service then: ${stateOf(after.Status, next, after.EndTime, now)}.`,
    "Assumed:",
    ...assumed.filter(Boolean).map((line) => `  ${line}`),
  ].join("\n");
}

/** An order in one line, such as `o-1 (yc1m3d), 2026-12-01 00:00 UTC to 2027-01-01 00:00 UTC`. */
export function describeOrder({ OrderId, PkgId, StartTime, EndTime }: ListedOrder): string {
  return `${idOf(OrderId)} (${idOf(PkgId)}), ${utcOf(StartTime)} to ${utcOf(EndTime)}`;
}

function whichOf({ OrderId, orders }: RefundPlan): string {
  if (OrderId !== undefined) return `order ${idOf(OrderId)}`;
  return orders.length === 1 ? "the only valid order" : `all ${orders.length} valid orders`;
}

/** Orders with one fate under a line that says it for one or for more of them; nothing where there is none. */
function group(orders: ListedOrder[], one: string, more: string): string[] {
  if (orders.length === 0) return [];
  const said = orders.length === 1 ? `1 order ${one}` : `${orders.length} orders ${more}`;
  return [`${said}:`, ...orders.map((order) => `  ${describeOrder(order)}`)];
}

/** A service's status with the times that matter in it, all in seconds. */
function stateOf(status: number, start: number, end: number, now: number): string {
  const until = utcOf(end);
  switch (status) {
    case 1:
      return `in force until ${until}`;
    case 2:
      return `lapsed at ${until}; recordings, if there are any, are kept for a while`;
    case 3:
      return `expired at ${until}`;
    case 4:
      // A service with a gap in it waits too, and has started long ago.
      return isTime(start) && start > now
        ? `waiting until ${utcOf(start)}, ends at ${until}`
        : `waiting, ends at ${until}`;
    default:
      return `status ${status}, ends at ${until}`;
  }
}
