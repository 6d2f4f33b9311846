/** Texts of others on a terminal. */

import { ApiError, Tc3Error, ValidationError } from "tc3-edge";

/** With what is not printable escaped: it could move the cursor, turn the line or hide a part of it. */
export function plain(text: string): string {
  return text.replace(/\p{C}/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`);
}

/** What went wrong, and what to do; never a stack. */
export function describeError(error: unknown): string {
  if (!Tc3Error.is(error)) {
    return plain(sentence(error instanceof Error ? error.message : String(error)));
  }
  // Its remedy is for who writes the call.
  if (error instanceof ValidationError) {
    return plain(error.problems.map(({ message }) => sentence(message)).join(" "));
  }
  const { code, message, requestId } = error;
  const remedy =
    error instanceof ApiError && code.startsWith("AuthFailure")
      ? "Check TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, and the token of a temporary key."
      : error.remedy;
  const asked = requestId === undefined ? "" : ` (RequestId ${requestId})`;
  return plain(`${code}: ${sentence(message)}${asked} ${remedy}`);
}

/** Orders as the subject of a sentence. */
export function ordersOf(ids: string[]): string {
  return `${ids.length === 1 ? "order" : "orders"} ${ids.map(plain).join(", ")}`;
}

/** A time as the clock on the wall shows it. */
export function clock(ms: number): string {
  const date = new Date(ms);
  const parts = [date.getHours(), date.getMinutes(), date.getSeconds()];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

export function sentence(text: string): string {
  const whole = /[.!?。！？]$/.test(text) ? text : `${text}.`;
  return whole.charAt(0).toUpperCase() + whole.slice(1);
}
