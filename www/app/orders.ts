/** What the page says about orders: their state, and what a refund would make of them. */

import { type LedgerEntry, type StorageOrder, StorageOrderStatus } from "../api.ts";
import { utc } from "./time.ts";

const STATES: Record<number, string> = {
  [StorageOrderStatus.InUse]: "in use",
  [StorageOrderStatus.NotStarted]: "not started",
  [StorageOrderStatus.Paused]: "paused",
  [StorageOrderStatus.Expired]: "expired",
  [StorageOrderStatus.Refunded]: "refunded",
  [StorageOrderStatus.Moved]: "moved",
};

export function stateOf({ Status }: StorageOrder): string {
  return STATES[Status] ?? `status ${Status}`;
}

/** Whether it can be refunded. */
export function isValid({ Status }: StorageOrder): boolean {
  return Status === StorageOrderStatus.InUse || Status === StorageOrderStatus.NotStarted;
}

/** What refunding all of them means. */
export function consequence(orders: StorageOrder[]): string {
  const count = (status: number) => orders.filter(({ Status }) => Status === status).length;
  const [used, waiting] = [count(StorageOrderStatus.InUse), count(StorageOrderStatus.NotStarted)];
  if (used + waiting === 0) return "Now: this service has no order left to refund.";
  const parts = [
    used > 0 && `${number(used, "order")} in use ${used === 1 ? "becomes" : "become"} void`,
    waiting > 0 &&
      `${number(waiting, "order")} not started ${waiting === 1 ? "returns" : "return"} to the pool`,
  ];
  return `Now: ${parts.filter(Boolean).join(", ")}.`;
}

/** What happened, for people. */
export function told({ what, orderId, serviceId, origin, atMs }: LedgerEntry): string {
  switch (what) {
    case "clockSet":
      return `The clock was moved on from ${utc(Math.floor(atMs / 1000))}`;
    case "created":
      return `Service ${serviceId} was made`;
    case "renewed":
      return `Service ${serviceId} was renewed`;
    case "bought":
      return `Order ${orderId} was paid for`;
    case "takenFromPool":
      return `Order ${orderId} was taken from the pool, where it was ${origin}; nothing was paid`;
    case "returnedToPool":
      return `Order ${orderId} had not started: it went to the pool`;
    case "madeVoid":
      return `Order ${orderId} had started: it became void`;
    default:
      return `${what}: ${orderId ?? serviceId}`;
  }
}

/** Such as `2 orders`. */
export function number(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}
