/** Writes JSON from JavaScript values, exactly or not at all; reads what the core marked. */

import type { Problem } from "./errors.ts";
import { throwAny, wrong } from "./problems.ts";

/** Whether `null` members of objects are left out. */
export type Nulls = "omit" | "send";

/**
 * The JSON text of a value. A BigInt is written as an integer; `undefined` members of objects are left out, `null`
 * members too unless they are to be sent; `null` items of arrays stay. What JSON cannot hold is a
 * `ValidationError` with its path; the path of the whole is `path`, or `payload`.
 */
export function writeJson(value: unknown, nulls: Nulls = "omit", path = ""): string {
  const problems: Problem[] = [];
  const text = write(value, path, { above: [], problems, nulls });
  throwAny(problems);
  return text;
}

/**
 * Writes what a call answered, or anything else, as JSON text: a BigInt as an integer with all its digits, `null` as it
 * is. What JSON cannot hold is a `ValidationError` that names its path.
 *
 * @example stringify({ Id: 9007199254740993n }) // {"Id":9007199254740993}
 */
export function stringify(value: unknown): string {
  return writeJson(value, "send", "");
}

/**
 * Reads a text that the core marked (src/response/exact.rs): texts begin with `s`, integers beyond 2^53 - 1 are
 * texts that begin with `i` and come out as BigInt.
 */
export function readMarked(text: string): Record<string, unknown> {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== "string") return value;
    return value.startsWith("i") ? BigInt(value.slice(1)) : value.slice(1);
  });
}

/** What an object holds that its members do not show, so that JSON text would lose it. */
export function hiddenIn(value: object): string | undefined {
  if (typeof (value as { toJSON?: unknown }).toJSON === "function") {
    return "has a method `toJSON`, which is not called: give what it returns";
  }
  if (Object.getOwnPropertySymbols(value).length > 0) return "has a member named by a symbol";
  return undefined;
}

const HALF = "holds half a surrogate pair, which UTF-8 does not have";

/** A text that is sent as it is: platforms would send another character in place of half a surrogate pair. */
export function wholeText(text: string, path: string): string {
  if (!isWellFormed(text)) throw wrong(path, HALF);
  return text;
}

function isWellFormed(text: string): boolean {
  const { isWellFormed: native } = text as { isWellFormed?(): boolean };
  return native?.call(text) ?? !/\p{Surrogate}/u.test(text);
}

/** As deep as the core reads (src/json.rs). */
const MAX_DEPTH = 128;

/** What is known on the way down. */
interface Way {
  above: object[];
  problems: Problem[];
  nulls: Nulls;
}

function write(value: unknown, path: string, way: Way): string {
  switch (typeof value) {
    case "string":
      return writeText(value, path, way);
    case "number":
      return writeNumber(value, path, way);
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : writeObject(value, path, way);
    default:
      return unknownToJson(typeof value, path, way);
  }
}

function writeText(value: string, path: string, way: Way): string {
  if (!isWellFormed(value)) refuse(path, HALF, way);
  return JSON.stringify(value);
}

function writeNumber(value: number, path: string, way: Way): string {
  if (!Number.isFinite(value)) return unknownToJson(value, path, way);
  const size = Math.abs(value);
  // From 1e21 on a number is written with an exponent, as the fraction that it is.
  if (size > Number.MAX_SAFE_INTEGER && size < 1e21) {
    return refuse(path, "is beyond 2^53, where numbers lose digits; give a BigInt", way);
  }
  return String(value);
}

function writeObject(value: object, path: string, way: Way): string {
  if (way.above.includes(value)) return refuse(path, "holds itself", way);
  if (way.above.length === MAX_DEPTH) return refuse(path, "is nested too deeply", way);
  const inside = { ...way, above: [...way.above, value] };
  if (Array.isArray(value)) {
    // A hole is `undefined` for `Array.from`, and so is refused.
    const items = Array.from(value, (item, at) => write(item, `${path}[${at}]`, inside));
    return `[${items}]`;
  }
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== "Object") {
    return refuse(path, `is a ${kind}; give a plain object, a list, a text or a number`, way);
  }
  const hidden = hiddenIn(value);
  if (hidden) return refuse(path, hidden, way);
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || (member === null && way.nulls === "omit")) continue;
    const where = path === "" ? name : `${path}.${name}`;
    members.push(`${writeText(name, where, way)}:${write(member, where, inside)}`);
  }
  return `{${members}}`;
}

function unknownToJson(what: unknown, path: string, way: Way): string {
  return refuse(path, `is ${what}, which JSON does not have`, way);
}

/** What stands in the text instead does not matter. */
function refuse(path: string, message: string, way: Way): string {
  way.problems.push({ path: path || "payload", code: "Type", message });
  return "";
}
