/** What is carried out, and what is known of it: what every step reads and changes. */

import { isExpired } from "../clock.ts";
import { Tc3Error } from "../errors.ts";
import { wrong } from "../problems.ts";
import type { ReadRefundOptions } from "./options.ts";
import { type Event, open, step } from "./order.ts";
import type { ListedOrder, RefundPlan } from "./plan-types.ts";
import { type CallOptions, type Reading, type RefundClient, readService } from "./reading.ts";
import { note, type Records, verdict } from "./records.ts";
import { type Known, reportOf, tell } from "./report.ts";

/** What is carried out, and what is known of it. */
export interface Work {
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

/** How long until a list is read again that could not be read, and until a request that came too early is made again. */
export const SOON = 5000;

/** What is known of orders that go on in this way. */
export function orders({ known }: Work, next: string): Known[] {
  return [...known.values()].filter(({ phase }) => phase.next === next);
}

export function idsOf(work: Work, next: string): string[] {
  return ids(orders(work, next).map(({ order }) => order));
}

export function ids(listed: readonly ListedOrder[]): string[] {
  return listed.map(({ OrderId }) => OrderId);
}

export function has(listed: readonly ListedOrder[], id: string): boolean {
  return listed.some(({ OrderId }) => OrderId === id);
}

/** Whether a request for the whole service may still be carried out: it takes every order. */
export function isWholeOpen(work: Work): boolean {
  return orders(work, "readBack").some(({ isWhole }) => isWhole);
}

/** Keeps why nothing more is sent; where nothing was begun at all, it is thrown. */
export function stop(work: Work, why: unknown): false {
  if (!work.isBegun) throw why;
  work.stopped = why;
  return false;
}

/** What an event makes of orders; what is known then is kept. */
export async function after(
  work: Work,
  OrderIds: string[],
  event: Event,
  more: Partial<Known> = {},
) {
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

function rowOf({ plan }: Work, { order }: Known): ListedOrder {
  return plan.orders.find(({ OrderId }) => OrderId === order.OrderId) ?? order;
}

/** What was refused, and is listed as refunded all the same, was refunded by somebody else. */
export function believe(work: Work): void {
  for (const known of orders(work, "tell")) {
    if (known.phase.name !== "notDone") continue;
    const event: Event = { what: "read", reading: work.reading };
    const phase = step(known.order, open(known.phase.signedMs), event, work.options);
    if (phase.name === "done") known.phase = phase;
  }
}

/** A request that came too late, too early or too often; what was refused for another reason will be again. */
export function isWorthIt(error: unknown): boolean {
  if (!Tc3Error.is(error)) return true;
  return error.outcome === "unknown" || error.retry === "safe" || isExpired(error);
}

/** Reads the service again; where that fails, what was known stays. */
export async function readAgain(work: Work): Promise<boolean> {
  try {
    await readNow(work);
    return true;
  } catch {
    return false;
  }
}

export async function readNow(work: Work): Promise<void> {
  adopt(work, await readService(work.client, work.plan.ServiceId, work.calls));
}

export function adopt(work: Work, reading: Reading): void {
  work.reading = reading;
  work.isStale = false;
  work.readAt = callersNow(work.options);
  const { serverTime } = reading;
  work.offset = serverTime === undefined ? 0 : serverTime - work.readAt;
}

/** The service's clock, as far as it is known. */
export function serviceNow({ options, offset }: Work): number {
  return callersNow(options) + offset;
}

export function callersNow({ now }: ReadRefundOptions): number {
  const ms = now();
  if (Number.isFinite(ms)) return Math.floor(ms);
  throw wrong("now", "must give milliseconds since 1970", "Type");
}

/** Waits; false where the caller ended it. */
export async function rest({ options }: Work, ms: number): Promise<boolean> {
  try {
    await options.wait(ms, options.signal);
    return !options.signal?.aborted;
  } catch (error) {
    if (options.signal?.aborted) return false;
    throw error;
  }
}
