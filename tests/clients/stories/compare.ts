/** What of two tellings must be alike. */

import type { Told } from "./clients.ts";

/** Without the message where it quotes what was signed: every client signs otherwise. */
export function comparable(told: Told, hidesNulls: boolean): unknown {
  if ("answer" in told) return hidesNulls ? withoutNulls(told.answer) : told.answer;
  return told.code.startsWith("AuthFailure.Signature") ? { code: told.code } : told;
}

/** How many values stand in it. */
export function fields(value: unknown): number {
  if (typeof value !== "object" || value === null) return 1;
  return Object.values(value).reduce((sum: number, item) => sum + fields(item), 0);
}

function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== "object" || value === null) return value;
  const members = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(members.map(([name, item]) => [name, withoutNulls(item)]));
}
