/** What answers tell of the service's clock; the core says what to make of it. */

import { ask } from "./core.ts";
import { ApiError } from "./errors.ts";
import { clientCore } from "./load/client.ts";
import { dateOf } from "./outcome.ts";
import type { AnswerHead } from "./send.ts";
import type { ClientState } from "./state.ts";

/** An answer whose Date can be trusted, in milliseconds since 1970. */
export interface Seen {
  sentAt: number;
  answeredAt: number;
  date: number;
}

const LOOPBACK = /^http:\/\/(localhost|[^/:]*\.localhost|127(\.\d+){3}|\[::1\])[:/]/;

/** What an answer to a request tells of the time: nothing where a cache gave it, or anybody on the way could have. */
export function seenOf(
  head: AnswerHead,
  { url, sentAt }: { url: string; sentAt: number },
  now: () => number,
): Seen | undefined {
  const date = dateOf(head);
  const isSafe = url.startsWith("https:") || LOOPBACK.test(url);
  if (date === undefined || head.headers.has("Age") || !isSafe) return undefined;
  try {
    const answeredAt = now();
    return Number.isFinite(answeredAt) ? { sentAt, answeredAt, date } : undefined;
  } catch {
    // The caller's clock; the request was sent, and its answer counts more.
    return undefined;
  }
}

/** Learns from an answer. */
export function learn(state: ClientState, seen: Seen | undefined, expired: boolean): void {
  if (seen === undefined) return;
  const { clockOffset } = state;
  const { sentAt, answeredAt, date } = seen;
  state.clockOffset = ask(clientCore, clockOffset, (module) =>
    module.offset_after(clockOffset, sentAt, answeredAt, date, expired),
  );
}

/** Whether a call was refused, and proved not to have run, since its timestamp is too far from the service's clock. */
export function isExpired(error: unknown): boolean {
  return error instanceof ApiError && /^AuthFailure\.SignatureExpire\b/.test(error.code);
}
