/** Sends each planned order once, as long as the plan holds. */

import { Tc3Error } from "../errors.ts";
import { differenceOf, type Event, PLANNED, step } from "./order.ts";
import { PlanChangedError } from "./plan-changed.ts";
import type { ListedOrder, PlannedOrder } from "./plan-types.ts";
import { intent, keyOf, planRecord } from "./records.ts";
import { type Known, tell } from "./report.ts";
import {
  after,
  callersNow,
  has,
  ids,
  isWholeOpen,
  isWorthIt,
  readNow,
  serviceNow,
  stop,
  type Work,
} from "./work.ts";

/** A list that is older is read again before the next request, since an order may have started. */
const FRESH = 60_000;

/** Whether a request for an order may be handed over: the first, or another one that the caller asked for. */
export function mayBeSent(
  { known, options }: Work,
  { OrderId }: ListedOrder,
  round: number,
): boolean {
  const before = known.get(OrderId);
  if (!before) return true;
  if (before.phase.name !== "notDone" || before.tries >= options.tries) return false;
  return round === 1 || isWorthIt(before.error);
}

/** Sends what may be sent, as long as the plan holds; whether all was. */
export async function sendAll(work: Work, todo: PlannedOrder[]): Promise<boolean> {
  const { options } = work;
  const groups = options.whole ? [todo] : todo.map((order) => [order]);
  try {
    mustHold(work, todo);
    for (const [at, group] of groups.entries()) {
      options.signal?.throwIfAborted();
      if (callersNow(options) - work.readAt > FRESH) {
        await readNow(work);
        mustHold(work, groups.slice(at).flat());
      }
      if (!(await send(work, group))) return false;
    }
    return true;
  } catch (error) {
    return stop(work, error);
  }
}

/** Whether the plan holds for the orders that are to be sent. */
function mustHold(work: Work, todo: PlannedOrder[]): void {
  const { plan, known, options, reading } = work;
  const begun = plan.orders.filter(({ OrderId }) => known.has(OrderId) && !has(todo, OrderId));
  const asListed = reading.orders.filter(({ OrderId }) => has(begun, OrderId));
  const difference = differenceOf([...todo, ...asListed], plan.stay, reading.orders);
  if (difference !== undefined) throw PlanChangedError.of(difference);
  if (isWholeOpen(work)) {
    const message = "a call for the whole service may still be carried out: settle that first";
    throw PlanChangedError.of(message);
  }
  if (options.whole && work.isBegun) {
    const message = "some orders were begun already: refund the others one by one, without `whole`";
    throw PlanChangedError.of(message);
  }
}

/** One request: for one order, or for all. Whether it was handed over. */
async function send(work: Work, group: PlannedOrder[]): Promise<boolean> {
  const { client, plan, records, options, calls, known } = work;
  const { ServiceId } = plan;
  const isWhole = options.whole;
  const begin: Event = { what: "begin", now: serviceNow(work) };
  const intending = group.map((order) => step(order, PLANNED, begin, options));
  const kept = records.plans.get(keyOf(plan));
  const isPlanKept = kept === plan || JSON.stringify(kept) === JSON.stringify(plan);
  const intents = group.map((order, at) =>
    intent(ServiceId, order, intending[at]?.signedMs ?? 0, isWhole),
  );
  await records.keep([...(isPlanKept ? [] : [planRecord(plan)]), ...intents]);
  records.plans.set(keyOf(plan), plan);
  work.isBegun = true;
  const sending = group.map((order, at) =>
    step(order, intending[at] ?? PLANNED, { what: "kept" }, options),
  );
  for (const [at, order] of group.entries()) {
    const tries = (known.get(order.OrderId)?.tries ?? 0) + 1;
    known.set(order.OrderId, { order, tries, phase: sending[at] ?? PLANNED, isWhole });
  }
  if (sending.some(({ next }) => next !== "send")) return false;
  const signedMs = sending[0]?.signedMs ?? 0;
  const [first] = group;
  tell(options.onProgress, { kind: "sending", ServiceId, OrderIds: ids(group) });
  work.isStale = true;
  const request = isWhole || !first ? { ServiceId } : { ServiceId, OrderId: first.OrderId };
  const more: Partial<Known> = {};
  // That a call for all was done does not say which orders it still found: one may have expired before.
  let event: Event = { what: isWhole ? "unknown" : "done" };
  try {
    const once = { ...calls, timestamp: Math.floor(signedMs / 1000), retry: { tries: 1 } };
    const { answer, serverTime } = await client.raw.RefundStorageService(request, once);
    more.requestId = answer.RequestId;
    more.between = { from: signedMs, until: serverTime ?? serviceNow(work) };
  } catch (error) {
    more.error = error;
    event = { what: provesNothing(error, options.signal) ? "unknown" : "nothingDone" };
  }
  await after(work, ids(group), event, more);
  return work.stopped === undefined;
}

/** Whether an error leaves open what happened. Only this package's errors, and the caller's own abort, say that it did not. */
function provesNothing(error: unknown, signal: AbortSignal | undefined): boolean {
  if (Tc3Error.is(error)) return !(error.outcome === "notSent" || error.outcome === "refused");
  return !(signal?.aborted && error === signal.reason);
}
