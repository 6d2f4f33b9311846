/** JSON and answers as trees in which every integer is a BigInt, so that equal trees have equal digits. */

import assert from "node:assert/strict";
import type { Value } from "../differential/values.ts";

/** A text, which is passed over, or a number. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d[\d.eE+-]*/g;
/** The member that holds a number's digits on the way; no field has this name. */
const DIGITS = "#";

/** Reads JSON text. It is not the package's own reader, which is under test. */
export function readExact(json: string): Value {
  const marked = json.replace(TOKEN, (token) =>
    token.startsWith('"') ? token : `{"${DIGITS}":"${token}"}`,
  );
  return JSON.parse(marked, (_, value) => {
    const digits = value?.[DIGITS];
    return digits === undefined ? value : BigInt(digits);
  });
}

/** The tree of what this package answered: numbers up to 2^53, and BigInt only beyond. */
export function exact(value: unknown): Value {
  if (typeof value === "number") {
    assert(Number.isSafeInteger(value), `${value} is no exact integer`);
    return BigInt(value);
  }
  if (typeof value === "bigint") {
    assert(!Number.isSafeInteger(Number(value)), `${value} should be a number`);
    return value;
  }
  if (Array.isArray(value)) return value.map(exact);
  if (typeof value !== "object" || value === null) return value as Value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, exact(item)]));
}

/** The same without members that are null: an SDK's model does not tell those from members that are not there. */
export function withoutNull(value: Value): Value {
  if (Array.isArray(value)) return value.map(withoutNull);
  if (typeof value !== "object" || value === null || value instanceof Uint8Array) return value;
  const given = Object.entries(value).filter(([, item]) => item !== null);
  return Object.fromEntries(given.map(([name, item]) => [name, withoutNull(item)]));
}

/** How many integers beyond 2^53 a tree holds. */
export function countWide(value: Value): number {
  if (typeof value === "bigint") return Number.isSafeInteger(Number(value)) ? 0 : 1;
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce((count: number, item) => count + countWide(item), 0);
}
