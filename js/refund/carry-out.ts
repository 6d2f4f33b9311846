/** Carries a plan out: reads, keeps, sends and waits as the core says. */

import { isExpired } from "../clock.ts";
import { Tc3Error } from "../errors.ts";
import { wrong } from "../problems.ts";
import type { ReadRefundOptions } from "./options.ts";
import {
  type Between,
  differenceOf,
  differencesOf,
  type Event,
  open,
  PLANNED,
  step,
} from "./order.ts";
import { checkFates } from "./plan.ts";
import { PlanChangedError } from "./plan-changed.ts";
import type { ListedOrder, PlannedOrder, RefundPlan } from "./plan-types.ts";
import { type CallOptions, type Reading, type RefundClient, readService } from "./reading.ts";
import { intent, keyOf, note, planRecord, type Records, verdict } from "./records.ts";
import { type Known, type RefundReport, reportOf, tell } from "./report.ts";

/** What is carried out, and what is known of it. */
interface Work {
  client: RefundClient;
  plan: RefundPlan;
  records: Records;
  options: ReadRefundOptions;
  calls: CallOptions;
  /** By order. */
  known: Map<string, Known>;
  /** The last reading, and how far the service's clock is from the caller's, in milliseconds. */
  reading: Reading;
  offset: number;
  /** When that was, by the caller's clock. */
  readAt: number;
  /** Whether something was sent since that reading. */
  isStale: boolean;
  /** Whether a planned order was begun, or one of this service was open. */
  isBegun: boolean;
  stopped?: unknown;
}

/** How often a list is read for an answer that was lost; a clock that stands still would have it read for ever. */
const MOST_READINGS = 10;

/** How often it is read at the end, where it cannot be read. */
const MOST_LAST_READINGS = 3;

/** How many of these may hide the service's clock, as a cache's answers do, until it counts as hidden. */
const MOST_WITHOUT_CLOCK = 3;

/** A list that is older is read again before the next request, since an order may have started. */
const FRESH = 60_000;

/** How long until a list is read again that could not be read, and until a request that came too early is made again. */
const SOON = 5000;

/** Carries a plan out, with what the journal knows of it. */
export async function carryOut(
  client: RefundClient,
  plan: RefundPlan,
  records: Records,
  options: ReadRefundOptions,
): Promise<RefundReport> {
  refuseToTakeMore(plan, options);
  checkFates(plan);
  const { signal, timeout } = options;
  const calls = { ...(signal && { signal }), ...(timeout !== undefined && { timeout }) };
  const known = new Map<string, Known>(
    Array.from(records.entries.get(plan.ServiceId) ?? [], ([id, entry]) => [id, { ...entry }]),
  );
  const reading = await readService(client, plan.ServiceId, calls);
  const isBegun = plan.orders.some(({ OrderId }) => known.has(OrderId));
  const work: Work = {
    client,
    plan,
    records,
    options,
    calls,
    known,
    reading,
    offset: 0,
    readAt: 0,
    isStale: false,
    isBegun,
  };
  adopt(work, reading);
  const wasOpen = orders(work, "readBack").map(({ order }) => order);
  work.isBegun ||= wasOpen.length > 0;
  try {
    await goThrough(work);
  } catch (error) {
    // Such as a caller's broken clock. What was sent is told all the same.
    stop(work, error);
  }
  return report(work, reading.orders, wasOpen);
}

/** From what the journal has to what can be known now. */
async function goThrough(work: Work): Promise<void> {
  await readBack(work, work.options.settle === "later");
  // Whoever is refused while it may arrive does not know why.
  if (isWholeOpen(work)) await settle(work);
  doubt(work);
  believe(work);
  for (let round = 1; ; round += 1) {
    const todo = work.plan.orders.filter((order) => mayBeSent(work, order, round));
    if (round > 1) {
      if (todo.length === 0) return;
      await rest(work, SOON);
      // A plan that was not read again is not carried out.
      await readNow(work);
    }
    const goesOn = todo.length === 0 || (await sendAll(work, todo));
    await settle(work);
    if (!goesOn) return;
  }
}

/** One call for the whole service would also take what the plan leaves. */
function refuseToTakeMore({ OrderId, stay }: RefundPlan, { whole }: ReadRefundOptions): void {
  if (!whole || (OrderId === undefined && stay.length === 0)) return;
  throw wrong("whole", "would also refund what is not in the plan: give a plan of every order");
}

/** What the journal knows as done and the list shows as valid is another order of the same id, or nobody knows. */
function doubt(work: Work): void {
  for (const known of orders(work, "tell")) {
    if (known.phase.name !== "done") continue;
    const event: Event = { what: "read", reading: work.reading };
    const assumed = { ...work.options, reusesIds: true };
    const phase = step({ ...known.order, Status: 2 }, open(0), event, assumed);
    if (/ReusedId|Changed/.test(phase.why?.code ?? "")) known.phase = phase;
  }
}

/** What was refused, and is listed as refunded all the same, was refunded by somebody else. */
function believe(work: Work): void {
  for (const known of orders(work, "tell")) {
    if (known.phase.name !== "notDone") continue;
    const event: Event = { what: "read", reading: work.reading };
    const phase = step(known.order, open(known.phase.signedMs), event, work.options);
    if (phase.name === "done") known.phase = phase;
  }
}

/** Whether a request for an order may be handed over: the first, or another one that the caller asked for. */
function mayBeSent({ known, options }: Work, { OrderId }: ListedOrder, round: number): boolean {
  const before = known.get(OrderId);
  if (!before) return true;
  if (before.phase.name !== "notDone" || before.tries >= options.tries) return false;
  return round === 1 || isWorthIt(before.error);
}

/** A request that came too late, too early or too often; what was refused for another reason will be again. */
function isWorthIt(error: unknown): boolean {
  if (!Tc3Error.is(error)) return true;
  return error.outcome === "unknown" || error.retry === "safe" || isExpired(error);
}

/** Sends what may be sent, as long as the plan holds; whether all was. */
async function sendAll(work: Work, todo: PlannedOrder[]): Promise<boolean> {
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

/** Whether a request for the whole service may still be carried out: it takes every order. */
function isWholeOpen(work: Work): boolean {
  return orders(work, "readBack").some(({ isWhole }) => isWhole);
}

/** Keeps why nothing more is sent; where nothing was begun at all, it is thrown. */
function stop(work: Work, why: unknown): false {
  if (!work.isBegun) throw why;
  work.stopped = why;
  return false;
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

/** What an event makes of orders; what is known then is kept. */
async function after(work: Work, OrderIds: string[], event: Event, more: Partial<Known> = {}) {
  const { known, records, options, plan } = work;
  const { ServiceId } = plan;
  const verdicts: string[][] = [];
  const settled: Known[] = [];
  for (const id of OrderIds) {
    const before = known.get(id);
    if (!before) continue;
    const phase = step(before.order, before.phase, event, options);
    const now: Known = { ...before, ...more, phase };
    if (phase.name === "done" && event.what === "read") {
      const until = event.reading.serverTime ?? serviceNow(work);
      now.between = { from: phase.signedMs, until };
    }
    known.set(id, now);
    note(records.entries, ServiceId, now);
    if (phase.next !== "tell") continue;
    verdicts.push(verdict(ServiceId, id, phase));
    settled.push(now);
  }
  if (verdicts.length === 0) return;
  try {
    await records.keep(verdicts);
  } catch (error) {
    // It happened all the same; without a journal nothing more is sent.
    work.stopped = error;
  }
  for (const now of settled) {
    tell(options.onProgress, {
      kind: "settled",
      ServiceId,
      order: reportOf(rowOf(work, now), now),
    });
  }
}

/** Reads back what is open until it is known, or until the caller does not want to wait. */
async function settle(work: Work): Promise<void> {
  const { options, plan } = work;
  const { ServiceId } = plan;
  let withoutClock = 0;
  for (let readings = 1; orders(work, "readBack").length > 0; readings += 1) {
    if (options.signal?.aborted) return;
    tell(options.onProgress, { kind: "readBack", ServiceId, OrderIds: idsOf(work, "readBack") });
    const isRead = await readAgain(work);
    if (isRead && work.reading.serverTime === undefined) withoutClock += 1;
    const isLast = options.settle === "later" || withoutClock === MOST_WITHOUT_CLOCK;
    if (isRead) await readBack(work, isLast);
    const open = orders(work, "readBack");
    if (open.length === 0 || options.settle === "later" || readings === MOST_READINGS) return;
    const { serverTime } = work.reading;
    const until = Math.min(...open.map(({ phase }) => phase.until));
    // A Date has whole seconds.
    const ms = isRead && serverTime !== undefined ? until - serverTime + 1000 : SOON;
    const OrderIds = idsOf(work, "readBack");
    tell(options.onProgress, { kind: "waiting", ServiceId, OrderIds, ms });
    if (!(await rest(work, Math.max(ms, 1000)))) return;
  }
}

/** What the reading says of all that is open; where it hides the clock and is not the last, the next one may show it. */
async function readBack(work: Work, isLast: boolean): Promise<void> {
  const { reading, options } = work;
  const event: Event = { what: "read", reading };
  const said = orders(work, "readBack").filter(
    ({ order, phase }) => isLast || step(order, phase, event, options).why?.code !== "NoClock",
  );
  await after(work, ids(said.map(({ order }) => order)), event);
}

/** Reads the service again; where that fails, what was known stays. */
async function readAgain(work: Work): Promise<boolean> {
  try {
    await readNow(work);
    return true;
  } catch {
    return false;
  }
}

async function readNow(work: Work): Promise<void> {
  adopt(work, await readService(work.client, work.plan.ServiceId, work.calls));
}

function adopt(work: Work, reading: Reading): void {
  work.reading = reading;
  work.isStale = false;
  work.readAt = callersNow(work.options);
  const { serverTime } = reading;
  work.offset = serverTime === undefined ? 0 : serverTime - work.readAt;
}

/** The service's clock, as far as it is known. */
function serviceNow({ options, offset }: Work): number {
  return callersNow(options) + offset;
}

function callersNow({ now }: ReadRefundOptions): number {
  const ms = now();
  if (Number.isFinite(ms)) return Math.floor(ms);
  throw wrong("now", "must give milliseconds since 1970", "Type");
}

/** Waits; false where the caller ended it. */
async function rest({ options }: Work, ms: number): Promise<boolean> {
  try {
    await options.wait(ms, options.signal);
    return !options.signal?.aborted;
  } catch (error) {
    if (options.signal?.aborted) return false;
    throw error;
  }
}

async function report(
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

/** What is known of orders that go on in this way. */
function orders({ known }: Work, next: string): Known[] {
  return [...known.values()].filter(({ phase }) => phase.next === next);
}

function idsOf(work: Work, next: string): string[] {
  return ids(orders(work, next).map(({ order }) => order));
}

function ids(listed: readonly ListedOrder[]): string[] {
  return listed.map(({ OrderId }) => OrderId);
}

function has(listed: readonly ListedOrder[], id: string): boolean {
  return listed.some(({ OrderId }) => OrderId === id);
}

function rowOf({ plan }: Work, { order }: Known): ListedOrder {
  return plan.orders.find(({ OrderId }) => OrderId === order.OrderId) ?? order;
}
