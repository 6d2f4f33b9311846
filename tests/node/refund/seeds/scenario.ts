/** What befalls one refund, made from a seed alone. */

import { Random } from "../../../clients/differential/random.ts";

/** What becomes of a request for a refund on its way. */
export const SEND_FAULTS = [
  "never arrives",
  "arrives later",
  "arrives too late",
  "answer lost",
  "answer cut",
  "answer malformed",
  "no answer, not done",
  "no answer, done",
  "sent twice",
  "502 before",
  "502 after",
  "302 after",
  "internal before",
  "internal after",
  "throttled",
] as const;

/** What becomes of a reading. */
export const READ_FAULTS = ["read lost", "read cut", "read 502", "cached", "no Date"] as const;

/** Where the caller crashes; what was being appended is then there in part. */
export const CRASHES = ["before the intent is kept", "before the send", "after the send"] as const;

export type SendFault = (typeof SEND_FAULTS)[number];
export type ReadFault = (typeof READ_FAULTS)[number];
export type Crash = (typeof CRASHES)[number];

export interface Scenario {
  seed: number;
  returned: "listed" | "gone" | "otherId" | "sameId";
  orders: number;
  /** Which order is refunded alone; none for all. */
  only?: number;
  whole: boolean;
  tries: number;
  settle: "wait" | "later";
  /** How far the caller's clock is from the service's, in milliseconds. */
  skew: number;
  /** Whether answers never show the service's clock, as in a page. */
  hidesDate: boolean;
  /** Whether ids are answered as bare numbers. */
  bareIds: boolean;
  /** Whether the caller knows that its platform sends once. */
  sendsOnce: boolean;
  /** Of the first, the second, … request for a refund; `none` behind them. */
  sends: (SendFault | "none")[];
  reads: (ReadFault | "none")[];
  /** In the middle of which send. */
  crash?: { at: Crash; send: number; torn: number };
  /** Before which call of the run somebody buys, an order starts, and somebody else refunds the last order. */
  buysAt?: number;
  startsAt?: number;
  refundsAt?: number;
}

/** The scenario of a seed. */
export function scenarioOf(seed: number): Scenario {
  const random = new Random(seed, "refund");
  const orders = random.integer(1, 3);
  const isWhole = random.once(6);
  const fault = <F>(from: readonly F[], often: number): F | "none" =>
    random.once(often) ? random.pick(from) : "none";
  const sends = random.list(3, 6, () => fault(SEND_FAULTS, 1.2));
  const reads = random.list(0, 5, () => fault(READ_FAULTS, 3));
  // Whoever sees no Date cannot correct a clock.
  const hidesDate = random.once(10);
  const skew = random.once(3) ? random.integer(-900_000, 900_000) : 0;
  const repeats = sends.includes("sent twice");
  const returned = random.pick(["listed", "gone", "otherId", "sameId"] as const);
  return {
    seed,
    returned,
    orders,
    ...(!isWhole && random.once(2) && { only: random.integer(0, orders - 1) }),
    whole: isWhole,
    tries: random.once(3) ? 2 : 1,
    settle: random.once(4) ? "later" : "wait",
    skew: hidesDate ? Math.round(skew / 10) : skew,
    hidesDate,
    bareIds: random.once(4),
    sendsOnce: !repeats && random.once(2),
    sends,
    reads,
    ...(random.once(3) && {
      crash: {
        at: random.pick(CRASHES),
        send: random.once(3) ? 1 : 0,
        torn: random.integer(0, 400),
      },
    }),
    ...(random.once(4) && { buysAt: random.integer(0, 6) }),
    ...(random.once(6) && { startsAt: random.integer(0, 6) }),
    // Under the same id the ledger would not say whose refund it was.
    ...(random.once(8) && returned !== "sameId" && { refundsAt: random.integer(0, 6) }),
  };
}
