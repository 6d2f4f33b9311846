/** What was thrown, as text. */

/** What anything that was thrown says; a caller's `fetch` may throw anything. */
export function textOf(cause: unknown): string {
  try {
    return String(cause instanceof Error ? cause.message : cause);
  } catch {
    return "something unprintable";
  }
}
