/** What became of an order, for people. */

import { type RefundedOrder, Tc3Error } from "../api.ts";
import { number } from "./orders.ts";

export const OUTCOMES: Record<RefundedOrder["outcome"], string> = {
  done: "done",
  notDone: "not done",
  notSent: "not sent",
  unknown: "unknown",
};

const FATES = {
  returns: "planned to return to the pool",
  void: "planned to become void",
};

/** Whether its answer was lost: no failure, but nothing said what became of it. */
export function isLost({ error }: RefundedOrder): boolean {
  return Tc3Error.is(error) && error.outcome === "unknown";
}

/** In sentences. */
export function explained(order: RefundedOrder): string {
  const { outcome, fate, check, error, tries } = order;
  switch (outcome) {
    case "done": {
      const how = isLost(order) ? "Read back: it was carried out" : "It is refunded";
      return fate ? `${how}, ${FATES[fate]}.` : `${how}.`;
    }
    case "notDone":
      if (isLost(order)) {
        return "Read back when its request was too late: it is not refunded, and will not be by that request.";
      }
      return error instanceof Error
        ? `It is not refunded: ${error.message}.`
        : `It is not refunded. The journal knows ${number(tries, "request")} for it, and none was sent now.`;
    case "notSent":
      return "Nothing was sent for it.";
    case "unknown":
      return `Nobody knows yet${check ? `: ${check.message}` : ""}.`;
  }
}
