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
  const text = write({ value, step: path, nulls, problems });
  if (problems.length > 0) throwAny(problems);
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

/** What JSON may have to escape, and every character that may be half of a pair. */
const NOT_PLAIN = /[^ !#-[\]-~]/;

/** The platform writes longer texts faster. */
const SHORT = 64;

/** What is written, and where it stands. */
interface Place {
  value: unknown;
  /** Its name or its number in what is above; at the top the path of the whole. */
  step: string | number;
  above?: Place;
  nulls: Nulls;
  problems: Problem[];
}

function write(place: Place): string {
  const { value } = place;
  switch (typeof value) {
    case "string":
      return writeText(value, place);
    case "number":
      return writeNumber(value, place);
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : writeObject(value, place);
    default:
      return unknownToJson(typeof value, place);
  }
}

function writeText(text: string, place: Place): string {
  if (text.length <= SHORT && !NOT_PLAIN.test(text)) return `"${text}"`;
  if (!isWellFormed(text)) refuse(HALF, place);
  return JSON.stringify(text);
}

function writeNumber(value: number, place: Place): string {
  if (!Number.isFinite(value)) return unknownToJson(value, place);
  const size = Math.abs(value);
  // From 1e21 on a number is written with an exponent, as the fraction that it is.
  if (size > Number.MAX_SAFE_INTEGER && size < 1e21) {
    return refuse("is beyond 2^53, where numbers lose digits; give a BigInt", place);
  }
  return String(value);
}

function writeObject(value: object, place: Place): string {
  let depth = 0;
  for (let { above } = place; above; above = above.above) {
    if (above.value === value) return refuse("holds itself", place);
    depth += 1;
  }
  if (depth === MAX_DEPTH) return refuse("is nested too deeply", place);
  return Array.isArray(value) ? writeItems(value, place) : writeMembers(value, place);
}

function writeItems(list: unknown[], above: Place): string {
  const { nulls, problems } = above;
  let text = "";
  // By number, so that a hole is `undefined`, and so is refused.
  for (let step = 0; step < list.length; step += 1) {
    if (step > 0) text += ",";
    text += write({ value: list[step], step, above, nulls, problems });
  }
  return `[${text}]`;
}

function writeMembers(object: object, above: Place): string {
  const kind = Object.prototype.toString.call(object).slice(8, -1);
  if (kind !== "Object") {
    return refuse(`is a ${kind}; give a plain object, a list, a text or a number`, above);
  }
  const hidden = hiddenIn(object);
  if (hidden) return refuse(hidden, above);
  const { nulls, problems } = above;
  let text = "";
  for (const step of Object.keys(object)) {
    const value = (object as Record<string, unknown>)[step];
    if (value === undefined || (value === null && nulls === "omit")) continue;
    const place = { value, step, above, nulls, problems };
    if (text !== "") text += ",";
    text += `${writeText(step, place)}:${write(place)}`;
  }
  return `{${text}}`;
}

function unknownToJson(what: unknown, place: Place): string {
  return refuse(`is ${what}, which JSON does not have`, place);
}

/** What stands in the text instead does not matter. */
function refuse(message: string, place: Place): string {
  place.problems.push({ path: pathOf(place) || "payload", code: "Type", message });
  return "";
}

function pathOf({ step, above }: Place): string {
  const path = above ? pathOf(above) : "";
  if (typeof step === "number") return `${path}[${step}]`;
  return path === "" ? step : `${path}.${step}`;
}
