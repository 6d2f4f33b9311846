/** The mirror of src/refund: one order's way, and what the core says of lists. It decides nothing. */

import { run } from "../core.ts";
import { refundCore } from "../load/refund.ts";
import type { ListedOrder, PlannedOrder, RefundPlan } from "./plan-types.ts";
import type { Reading } from "./reading.ts";

/** What must be known of the service. */
export interface Assumed {
  reusesIds: boolean;
  /** In milliseconds. */
  margin: number;
}

const PHASES = ["planned", "intending", "sending", "open"];

/** How far an order got. */
export interface Phase {
  /** `planned`, `intending`, `sending`, `open`, `done`, `notDone` or `check`. */
  name: string;
  /** What its request is signed for, in milliseconds since 1970. */
  signedMs: number;
  /** Why a person must look. */
  why?: { code: string; message: string };
  /** What to do: `readPlan`, `keepIntent`, `send`, `readBack` or `tell`. */
  next: string;
  /** Until when its request may still be carried out, by the service's clock. */
  until: number;
}

/** What happened to an order. */
export type Event =
  | { what: "begin"; now: number }
  | { what: "kept" | "done" | "nothingDone" | "unknown" }
  | { what: "read"; reading: Reading };

const EVENTS = ["begin", "kept", "done", "nothingDone", "unknown", "read"];

/** What comes after an event. */
export function step(order: ListedOrder, before: Phase, event: Event, assumed: Assumed): Phase {
  const listed = event.what === "read" ? event.reading.orders : [];
  let time = event.what === "begin" ? event.now : Number.NaN;
  if (event.what === "read") time = event.reading.serverTime ?? Number.NaN;
  const [name = "", signedMs, code = "", message = "", next = "", until] = run(
    refundCore,
    [valuesOf([order]), valuesOf(listed)],
    (module, one, length) =>
      module.step(
        one,
        PHASES.indexOf(before.name),
        before.signedMs,
        EVENTS.indexOf(event.what),
        time,
        length,
        listed.length * 5,
        assumed.reusesIds,
        assumed.margin,
      ),
  );
  const phase = {
    name,
    signedMs: Number(signedMs) || before.signedMs,
    next,
    until: Number(until),
  };
  return code ? { ...phase, why: { code, message } } : phase;
}

export const PLANNED: Phase = { name: "planned", signedMs: 0, next: "readPlan", until: 0 };

/** A request that was handed over, or may have been. */
export function open(signedMs: number): Phase {
  return { name: "open", signedMs, next: "readBack", until: 0 };
}

/** What of the orders goes, and how; and the service afterwards. */
export function planOf(
  { orders, service }: Reading,
  OrderId: string | undefined,
  drawnAt: number,
): Pick<RefundPlan, "orders" | "stay" | "after" | "service"> {
  const [status, end, ...fates] = run(
    refundCore,
    [valuesOf(orders), OrderId ?? ""],
    (module, listed, id) => module.plan(listed, orders.length * 5, id, drawnAt),
  );
  const of = (...names: string[]) => orders.filter((_, at) => names.includes(fates[at] ?? ""));
  const fateOf = (order: ListedOrder) => fates[orders.indexOf(order)] as PlannedOrder["fate"];
  return {
    service,
    orders: of("returns", "void").map((order) => ({ ...order, fate: fateOf(order) })),
    stay: of("stays"),
    after: { Status: Number(status), EndTime: Number(end) },
  };
}

/** In what a reading differs from a plan, if it does. */
export function differenceOf(
  planned: ListedOrder[],
  stay: ListedOrder[],
  listed: ListedOrder[],
): string | undefined {
  const [difference] = run(
    refundCore,
    [valuesOf(planned), valuesOf(stay), valuesOf(listed)],
    (module, first, second, third) =>
      module.difference(
        first,
        planned.length * 5,
        second,
        stay.length * 5,
        third,
        listed.length * 5,
      ),
  );
  return difference;
}

/** When a planned order was refunded, in milliseconds by the service's clock: between the two. */
export interface Between {
  from: number;
  until: number;
}

/** In what all that happened differs from the plan. */
export function differencesOf(
  { orders, stay }: Pick<RefundPlan, "orders" | "stay">,
  refunded: (Between | undefined)[],
  before: ListedOrder[],
  after: ListedOrder[],
): string[] {
  const times = refunded.flatMap((one) => (one ? [`${one.from}`, `${one.until}`] : ["", ""]));
  const planned: ListedOrder[] = [...orders, ...stay];
  return run(
    refundCore,
    [valuesOf(planned), times.join("\0"), valuesOf(before), valuesOf(after)],
    (module, all, second, third, fourth) =>
      module.differences(
        all,
        planned.length * 5,
        second,
        times.length,
        third,
        before.length * 5,
        fourth,
        after.length * 5,
      ),
  );
}

/** Orders as the core reads them (src/wasm/refund.rs). */
function valuesOf(orders: readonly ListedOrder[]): string {
  const values = orders.map(({ OrderId, PkgId, Status, StartTime, EndTime }) =>
    [OrderId, PkgId, Status, StartTime, EndTime].join("\0"),
  );
  return values.join("\0");
}

/** Reads a journal: how much of its last record was cut, what it goes on from, and its records. */
export function readJournal(bytes: Uint8Array) {
  const [torn, sum = "", repair = "", ...values] = run(refundCore, [bytes], (module, length) =>
    module.journal_read(length),
  );
  const records: string[][] = [];
  for (let at = 0; at < values.length; ) {
    const next = at + 1 + Number(values[at]);
    records.push(values.slice(at + 1, next));
    at = next;
  }
  return { torn: Number(torn), sum, repair, records };
}

/** A record as the line that follows another, and its checksum. */
export function journalLine(sum: string, record: string[]): [line: string, sum: string] {
  const [line = "", next = ""] = run(
    refundCore,
    [sum, record.join("\0")],
    (module, first, second) => module.journal_line(first, second, record.length),
  );
  return [line, next];
}
