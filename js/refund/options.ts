/** How refunds are carried out. */

import { aBoolean, aFunction, aNumber, anObject, aSignal } from "../kinds.ts";
import { readMembers, type Shape } from "../members.ts";
import { wrong } from "../problems.ts";
import { pause } from "../wait.ts";
import type { Journal } from "./journal.ts";
import { memoryJournal } from "./memory.ts";
import type { Progress } from "./report.ts";

/** How a refund is carried out. */
export interface RefundOptions {
  /**
   * Where each intent is kept before its request is sent, and each outcome after it. Without one a crash forgets what was
   * sent. @default in memory
   */
  journal?: Journal;
  /**
   * One call without an OrderId in place of one for each order. It also refunds what was bought after the plan was drawn.
   * Only for a plan of every order.
   * @default false
   */
  whole?: boolean;
  /**
   * How many requests may be sent for one order, with what its journal knows. Another one is sent only when the one before
   * did nothing and cannot do anything any more. @default 1
   */
  tries?: number;
  /**
   * What is done about a lost answer whose order is still valid. `wait` reads again when its request is too late, after about
   * six minutes; `later` reports it as unknown at once, and the same journal settles it another time. @default "wait"
   */
  settle?: "wait" | "later";
  /**
   * How much later than its signature allows a request may still be carried out, in milliseconds: an assumption about the
   * service. @default 60000
   */
  margin?: number;
  /**
   * Whether the service may give the id of a returned order to another one. Then a waiting order whose answer is lost must be
   * looked at by a person, since no list can tell. @default false
   */
  reusesIds?: boolean;
  /** Stops: what is on its way is reported as unknown, what is not is not sent. */
  signal?: AbortSignal;
  /** In milliseconds, for each call; else the client's. */
  timeout?: number;
  /** Told what happens; what it throws changes nothing. */
  onProgress?: (progress: Progress) => void;
  /** In milliseconds since 1970; used where no answer shows the service's clock. @default Date.now */
  now?: () => number;
  /** Waits so many milliseconds, or until the signal ends. @default by setTimeout */
  wait?: (ms: number, signal: AbortSignal | undefined) => Promise<void>;
}

/** The same, every member given that has a default. */
export type ReadRefundOptions = RefundOptions &
  Required<Pick<RefundOptions, keyof typeof DEFAULTS | "journal">>;

const DEFAULTS = {
  whole: false,
  tries: 1,
  settle: "wait" as "wait" | "later",
  margin: 60_000,
  reusesIds: false,
  now: () => Date.now(),
  wait: (ms: number, signal: AbortSignal | undefined) => pause(ms, { signal, until: Infinity }),
};

export const OPTIONS: Shape = {
  journal: anObject,
  whole: aBoolean,
  tries: aNumber,
  settle: ["wait", "later"],
  margin: aNumber,
  reusesIds: aBoolean,
  signal: aSignal,
  timeout: aNumber,
  onProgress: aFunction,
  now: aFunction,
  wait: aFunction,
};

/** Reads them once; what is wrong is said before anything is read or sent. */
export function readRefundOptions(options: RefundOptions): ReadRefundOptions {
  const read = { ...DEFAULTS, journal: memoryJournal(), ...readMembers(options, OPTIONS) };
  if (!(Number.isInteger(read.tries) && read.tries >= 1)) {
    throw wrong("tries", "must be a whole number from 1");
  }
  if (!(read.margin >= 0 && read.margin <= 86_400_000)) {
    throw wrong("margin", "must be milliseconds from 0 to 86400000");
  }
  const { read: reads, append } = read.journal as Partial<Journal>;
  if (typeof reads !== "function" || typeof append !== "function") {
    throw wrong("journal", "must have `read` and `append`", "Type");
  }
  return read;
}
