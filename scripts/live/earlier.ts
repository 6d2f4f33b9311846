/** What the journal knows of earlier runs of a service. */

import {
  type OpenJournal,
  type PlannedOrder,
  type Progress,
  type RefundedOrder,
  settleRefunds,
} from "tc3-edge/refund";
import type { Service } from "./service.ts";
import type { Session } from "./session.ts";

/** What is known of earlier runs. */
export interface Earlier {
  /** All that was ever begun. */
  known: Map<string, RefundedOrder>;
  /** What was open until now, or still is. */
  wasOpen: RefundedOrder[];
}

/** Reads back what was left open; nothing is sent. */
export async function settleEarlier(
  session: Session,
  { client }: Service,
  journal: OpenJournal,
): Promise<Earlier> {
  const { asked, signal } = session;
  const { ServiceId } = asked.target;
  const settled = new Set<string>();
  let isTold = false;
  const onProgress = (progress: Progress) => {
    if (!isTold) session.say("\nThe journal knows of an earlier run:");
    isTold = true;
    if (progress.kind === "settled") settled.add(progress.order.OrderId);
    session.onProgress(progress);
  };
  const options = { ...asked.refund, journal, signal, onProgress };
  const { orders } = await settleRefunds(client, { ServiceId }, options);
  const wasOpen = orders.filter(
    ({ OrderId, outcome }) => settled.has(OrderId) || outcome === "unknown",
  );
  return { known: new Map(orders.map((order) => [order.OrderId, order])), wasOpen };
}

/** Planned orders for which no request is sent, as the journal knows them. */
export function heldBack(planned: PlannedOrder[], { known }: Earlier, tries: number) {
  const held: RefundedOrder[] = [];
  for (const { OrderId, fate } of planned) {
    const order = known.get(OrderId);
    if (!order || (order.outcome === "notDone" && order.tries < tries)) continue;
    held.push({ ...order, fate, ...(order.outcome === "done" && listedAgain) });
  }
  return held;
}

const listedAgain = {
  outcome: "unknown" as const,
  check: {
    code: "ReusedId",
    message:
      "the journal knows it as refunded, and it is listed as valid: look whether its id was given to another order",
  },
};
