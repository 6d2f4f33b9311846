/** What became of a refund. */

import type { ListedOrder, PlannedOrder } from "./plan-types.ts";
import type { Entry } from "./records.ts";

/** What became of one order. */
export interface RefundedOrder {
  /** As it is listed. */
  OrderId: string;
  /** What a refund makes of it, as planned; absent of an order that only the journal knows. */
  fate?: PlannedOrder["fate"];
  /**
   * `done`: it is refunded. `notDone`: it is not, and no request that was sent can do it any more. `notSent`: nothing was sent.
   * `unknown`: a person must look, as `check` says.
   */
  outcome: "done" | "notDone" | "notSent" | "unknown";
  /** What to look at. */
  check?: { code: string; message: string };
  /** How many requests were sent for it, or may have been, with what the journal knows. */
  tries: number;
  /** What its last request was signed for, in milliseconds since 1970. */
  signedAt?: number;
  /** Of the answer. */
  requestId?: string;
  /** Why it is not done, or how its answer was lost. */
  error?: unknown;
}

/** What became of a plan. */
export interface RefundReport {
  /** Whose orders they are. */
  ServiceId: string;
  /** Whether every order is refunded. */
  isDone: boolean;
  /** The planned orders; then others of this service that the journal knew as open. */
  orders: RefundedOrder[];
  /** In what the service's state differs from the plan, for people; an order may have started or been bought meanwhile. */
  differences: string[];
  /** The service as it was read in the end; absent where nothing was sent, or where it could not be read. */
  after?: { Status: number; EndTime: number; orders: ListedOrder[] };
  /** Why not every order was sent, or settled. */
  stopped?: unknown;
}

/** What happens while refunds are carried out. */
export type Progress =
  | { kind: "sending"; ServiceId: string; OrderIds: string[] }
  | { kind: "readBack"; ServiceId: string; OrderIds: string[] }
  /** Until a request whose answer was lost is too late; in milliseconds. */
  | { kind: "waiting"; ServiceId: string; OrderIds: string[]; ms: number }
  | { kind: "settled"; ServiceId: string; order: RefundedOrder }
  /** Of `refundMany`: one service more is through. */
  | {
      kind: "finished";
      ServiceId: string;
      finished: number;
      report?: RefundReport;
      error?: unknown;
    };

/** What is known of an order in this run. */
export interface Known extends Entry {
  error?: unknown;
  requestId?: string;
  /** Between which two moments it was refunded, in milliseconds by the service's clock. */
  between?: { from: number; until: number };
}

/** One order's row of the report. */
export function reportOf(order: ListedOrder & { fate?: PlannedOrder["fate"] }, known?: Known) {
  const { OrderId, fate } = order;
  const row: RefundedOrder = { OrderId, ...(fate && { fate }), outcome: "notSent", tries: 0 };
  if (!known) return row;
  const { phase, tries, error, requestId } = known;
  const isOpen = phase.next === "readBack" || phase.next === "send";
  const check = isOpen ? stillOpen(phase.until) : phase.why;
  return {
    ...row,
    outcome: outcomeOf(phase.name),
    tries,
    ...(check && { check }),
    ...(phase.signedMs > 0 && { signedAt: phase.signedMs }),
    ...(requestId !== undefined && { requestId }),
    ...(error !== undefined && { error }),
  };
}

function outcomeOf(phase: string): RefundedOrder["outcome"] {
  return phase === "done" || phase === "notDone" ? phase : "unknown";
}

function stillOpen(until: number) {
  const when = until > 0 ? `until ${new Date(until).toISOString()}` : "for a while";
  const message = `its answer is lost, and ${when} its request may still be carried out: refund again with the same journal then, which reads and does not send`;
  return { code: "StillOpen", message };
}

/** Tells of progress; who is told cannot make a refund fail. */
export function tell(told: ((progress: Progress) => unknown) | undefined, progress: Progress) {
  try {
    Promise.resolve(told?.(progress)).catch(() => {});
  } catch {
    // As documented.
  }
}
