/** Writes JSON from JavaScript values, exactly or not at all; reads what the core marked. */

import { type Problem, ValidationError } from "./errors.ts";

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
  if (problems.length > 0) throw ValidationError.of(problems);
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

/** Whether a text has no half of a surrogate pair, which UTF-8 does not have. */
export function isWellFormed(text: string): boolean {
  const { isWellFormed: native } = text as { isWellFormed?(): boolean };
  return native ? native.call(text) : !/\p{Surrogate}/u.test(text);
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
      return refuse(path, `is ${typeof value}, which JSON does not have`, way);
  }
}

function writeText(value: string, path: string, way: Way): string {
  if (!isWellFormed(value)) refuse(path, "holds half a surrogate pair", way);
  return JSON.stringify(value);
}

function writeNumber(value: number, path: string, way: Way): string {
  if (!Number.isFinite(value)) return refuse(path, `is ${value}, which JSON does not have`, way);
  // From 1e21 on a number is written with an exponent, as the fraction that it is.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) {
    return refuse(path, "is beyond 2^53, where numbers lose digits; give a BigInt", way);
  }
  return Object.is(value, -0) ? "0" : String(value);
}

function writeObject(value: object, path: string, way: Way): string {
  if (way.above.includes(value)) return refuse(path, "holds itself", way);
  if (way.above.length === MAX_DEPTH) return refuse(path, "is nested too deeply", way);
  const inside = { ...way, above: [...way.above, value] };
  if (Array.isArray(value)) {
    // A hole is `undefined` for `Array.from`, and so is refused.
    const items = Array.from(value, (item, at) => write(item, `${path}[${at}]`, inside));
    return `[${items.join(",")}]`;
  }
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== "Object") {
    return refuse(path, `is a ${kind}; give a plain object, a list, a text or a number`, way);
  }
  const hidden = hiddenIn(value);
  if (hidden !== undefined) return refuse(path, hidden, way);
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || (member === null && way.nulls === "omit")) continue;
    const where = path === "" ? name : `${path}.${name}`;
    members.push(`${writeText(name, where, way)}:${write(member, where, inside)}`);
  }
  return `{${members.join(",")}}`;
}

function refuse(path: string, message: string, way: Way): string {
  way.problems.push({ path: path || "payload", code: "Type", message });
  return "null";
}
