/** What a journal says of refunds, and what is written to it: in order, one append at a time. */

import { encoder, join } from "../bytes.ts";
import type { Journal } from "./journal.ts";
import { JournalError } from "./journal-error.ts";
import { journalLine, open, type Phase, PLANNED, readJournal } from "./order.ts";
import type { ListedOrder, RefundPlan } from "./plan-types.ts";

/** What is known of an order that was begun. */
export interface Entry {
  /** As it was planned. */
  order: ListedOrder;
  /** How many requests were handed over, or may have been. */
  tries: number;
  phase: Phase;
  /** Whether its last request was for the whole service, and takes what was bought since. */
  isWhole: boolean;
}

/** One journal, read and held. */
export interface Records {
  /** By service, then by order. */
  entries: Map<string, Map<string, Entry>>;
  /** The last plan of each service and order that was asked for. */
  plans: Map<string, RefundPlan>;
  /** How many bytes of a record were found that was cut. */
  torn: number;
  /** Keeps records; when it has ended they are kept. */
  keep(records: string[][]): Promise<void>;
}

/** Behind an intent whose request is for the whole service. */
const WHOLE = "whole";

/** Journals that are in use: two that write to one would each cover what the other did not read. */
const held = new WeakSet<Journal>();

/** Reads a journal and holds it for as long as `work` lasts. */
export async function withRecords<T>(
  journal: Journal,
  work: (records: Records) => Promise<T>,
): Promise<T> {
  if (held.has(journal)) {
    const remedy = "Wait for the refund that uses it, or give them all to one `refundMany`.";
    throw JournalError.of("JournalInUse", "this journal is in use by another refund", remedy);
  }
  held.add(journal);
  try {
    return await work(await read(journal));
  } finally {
    held.delete(journal);
  }
}

/** An intent to refund an order, as its record. */
export function intent(
  ServiceId: string,
  order: ListedOrder,
  signedMs: number,
  isWhole: boolean,
): string[] {
  const { OrderId, PkgId, Status, StartTime, EndTime } = order;
  const times = [Status, StartTime, EndTime, signedMs].map(String);
  return ["intent", ServiceId, OrderId, PkgId, ...times, ...(isWhole ? [WHOLE] : [])];
}

/** What became of an order, as its record. */
export function verdict(ServiceId: string, OrderId: string, phase: Phase): string[] {
  return ["verdict", ServiceId, OrderId, phase.name, phase.why?.code ?? ""];
}

/** A plan, as its record. */
export function planRecord(plan: RefundPlan): string[] {
  return ["plan", JSON.stringify(plan)];
}

/** What tells the plans of a service apart. */
export function keyOf({ ServiceId, OrderId = "" }: { ServiceId: string; OrderId?: string }) {
  return `${ServiceId}\0${OrderId}`;
}

async function read(journal: Journal): Promise<Records> {
  const chunks: Uint8Array[] = [];
  try {
    for await (const chunk of journal.read()) chunks.push(chunk);
  } catch (cause) {
    throw unavailable("could not be read", cause);
  }
  const found = readJournal(join(chunks));
  const entries: Records["entries"] = new Map();
  const plans: Records["plans"] = new Map();
  for (const record of found.records) take(record, entries, plans);
  return { entries, plans, torn: found.torn, keep: writer(journal, found.sum, found.repair) };
}

/** What a record says; one of a kind that is not known here is of a later version, and cannot be passed over. */
function take(record: string[], entries: Records["entries"], plans: Records["plans"]): void {
  const [kind, ServiceId = "", OrderId = "", ...values] = record;
  const orders = entries.get(ServiceId);
  const entry = orders?.get(OrderId);
  if (kind === "plan") {
    const plan = JSON.parse(ServiceId) as RefundPlan;
    plans.set(keyOf(plan), plan);
  } else if (kind === "intent") {
    const [PkgId = "", ...numbers] = values;
    const [Status = 0, StartTime = 0, EndTime = 0, signedMs = 0] = numbers.map(Number);
    const order = { OrderId, PkgId, Status, StartTime, EndTime };
    const tries = (entry?.tries ?? 0) + 1;
    const isWhole = values.at(-1) === WHOLE;
    note(entries, ServiceId, { order, tries, phase: open(signedMs), isWhole });
  } else if (kind === "verdict" && entry) {
    const [name = ""] = values;
    // Whoever had to look may see more now.
    if (name !== "check") entry.phase = { ...PLANNED, name, next: "tell" };
  } else {
    const message = `this journal holds a record that is not known here: ${kind}`;
    throw JournalError.of("JournalBroken", message, "Use the version that wrote it.");
  }
}

/** Remembers what is known of an order. */
export function note(entries: Records["entries"], ServiceId: string, entry: Entry): void {
  const orders = entries.get(ServiceId) ?? new Map<string, Entry>();
  entries.set(ServiceId, orders.set(entry.order.OrderId, entry));
}

/** Writes one append at a time; what comes meanwhile goes with the next one. A journal that failed is not written again. */
function writer(journal: Journal, sumBefore: string, repair: string): Records["keep"] {
  let sum = sumBefore;
  let waiting = repair;
  let writing: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  let failed: unknown;

  const write = async () => {
    next = undefined;
    if (failed) throw failed;
    const bytes = encoder.encode(waiting);
    waiting = "";
    try {
      await journal.append(bytes);
    } catch (cause) {
      failed = unavailable("could not keep a record", cause);
      throw failed;
    }
  };
  return (records) => {
    for (const record of records) {
      const [line, own] = journalLine(sum, record);
      waiting += line;
      sum = own;
    }
    if (!next) {
      const before = writing?.catch(() => {}) ?? Promise.resolve();
      next = before.then(write);
      writing = next;
    }
    return next;
  };
}

function unavailable(what: string, cause: unknown): JournalError {
  const why = cause instanceof Error ? `: ${cause.message}` : "";
  const remedy = "Mend what `cause` says, then call again: what was begun is found there.";
  return JournalError.of("JournalBroken", `the journal ${what}${why}`, remedy, cause);
}
