/** Plans of refunds: drawn from what is listed, and read again before they are carried out. */

import { start } from "../core.ts";
import { aFunction, aNumber, aSignal, aText } from "../kinds.ts";
import { refundCore } from "../load/refund.ts";
import { readMembers } from "../members.ts";
import { wrong } from "../problems.ts";
import { refuseNoPlan } from "./is-plan.ts";
import { planOf } from "./order.ts";
import type { PlannedOrder, RefundPlan } from "./plan-types.ts";
import { type RefundClient, readOrder, readService, textOf, whole } from "./reading.ts";

/** What is to be refunded. */
export interface RefundTarget {
  /** Whose orders they are. */
  ServiceId: string;
  /** One order; without it every valid one. */
  OrderId?: string;
}

/** How a plan is drawn. */
export interface PlanOptions {
  /** Ends it. */
  signal?: AbortSignal;
  /** In milliseconds; else the client's. */
  timeout?: number;
  /** In milliseconds since 1970; used where no answer shows the service's clock. @default Date.now */
  now?: () => number;
}

const TARGET = { ServiceId: aText, OrderId: aText };

const OPTIONS = { signal: aSignal, timeout: aNumber, now: aFunction };

/**
 * Reads a service and says what a refund would do; nothing is changed.
 *
 * @throws ValidationError where there is nothing to refund, or where what is listed cannot be relied on; else what a call throws
 * @example const plan = await planRefund(iotvideo, { ServiceId });
 */
export async function planRefund(
  client: RefundClient,
  target: RefundTarget,
  options: PlanOptions = {},
): Promise<RefundPlan> {
  const { ServiceId, OrderId } = readTarget(target);
  const { now = Date.now, ...calls } = readMembers(options, OPTIONS);
  await start(refundCore);
  const reading = await readService(client, ServiceId, calls);
  const drawnAt = reading.serverTime ?? Math.floor(now());
  const plan = { ...(OrderId !== undefined && { OrderId }), drawnAt };
  return readPlan({ ServiceId, ...plan, ...planOf(reading, OrderId, drawnAt) });
}

/** Reads a target; an empty OrderId could be taken for every order. */
export function readTarget(target: RefundTarget): RefundTarget {
  const { ServiceId, OrderId } = readMembers(target, TARGET);
  if ("OrderId" in target && !OrderId) {
    throw wrong("OrderId", "is there without a value: give one, or leave it out", "Empty");
  }
  return { ServiceId: textOf(ServiceId, "ServiceId"), ...(OrderId && { OrderId }) };
}

/** Reads a plan, which may come from a file: whatever is no plan is refused before anything is sent. */
export function readPlan(plan: RefundPlan): RefundPlan {
  refuseNoPlan(plan);
  const { OrderId, drawnAt, service, after } = plan;
  const ServiceId = textOf(plan.ServiceId, "ServiceId");
  const orders = plan.orders.map(
    (order, at): PlannedOrder => ({ ...readOrder(order, `orders[${at}].`), fate: order.fate }),
  );
  const stay = plan.stay.map((order, at) => readOrder(order, `stay[${at}].`));
  const ids = [...orders, ...stay].map((order) => order.OrderId);
  if (orders.length === 0) throw wrong("orders", "are none: there is nothing to refund");
  if (new Set(ids).size < ids.length) throw wrong("orders", "have an id twice", "Twice");
  if (OrderId !== undefined && (orders.length > 1 || orders[0]?.OrderId !== OrderId)) {
    throw wrong("orders", "are others than the one that was asked for");
  }
  return {
    ServiceId,
    ...(OrderId !== undefined && { OrderId }),
    drawnAt: whole(drawnAt, "drawnAt"),
    service: {
      Status: whole(service?.Status, "service.Status"),
      StartTime: whole(service?.StartTime, "service.StartTime"),
      EndTime: whole(service?.EndTime, "service.EndTime"),
    },
    orders,
    stay,
    after: {
      Status: whole(after?.Status, "after.Status"),
      EndTime: whole(after?.EndTime, "after.EndTime"),
    },
  };
}

/** Whether a plan says of each order what a refund does; a person confirmed it by that. */
export function checkFates({ orders, service, drawnAt }: RefundPlan): void {
  if (orders.length === 0) return;
  const drawn = planOf({ orders, service }, undefined, drawnAt);
  if (JSON.stringify(drawn.orders) === JSON.stringify(orders)) return;
  throw wrong("orders", "say of an order what a refund does not do: draw the plan again");
}
