/** Tells a plan from what is none. */

import { isObject } from "../kinds.ts";
import { wrong } from "../problems.ts";
import type { RefundPlan } from "./plan-types.ts";

/** Refuses what is no plan, such as the promise of one. */
export function refuseNoPlan(plan: RefundPlan): void {
  if (isObject(plan) && Array.isArray(plan.orders) && Array.isArray(plan.stay)) return;
  throw wrong("plan", "is no plan: give what `planRefund` gave, once it is there", "Type");
}
