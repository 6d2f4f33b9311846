/** Reads an options object once, at the door: unknown and wrongly typed members are named, none is ignored. */

import { type Problem, ValidationError } from "./errors.ts";
import { wrong } from "./problems.ts";

/** A member's type, as people say it. */
type Kind =
  | "text"
  | "number"
  | "integer"
  | "boolean"
  | "object"
  | "function"
  | "headers"
  | "payload"
  | "names"
  | "signal"
  | "list"
  | "any";

/** The members of an object by name: a type, or the words that are allowed. */
export type Shape = Record<string, Kind | readonly string[]>;

const IS: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  integer: (value) => typeof value === "bigint" || Number.isSafeInteger(value),
  boolean: (value) => typeof value === "boolean",
  object: (value) => typeof value === "object" && value !== null,
  function: (value) => typeof value === "function",
  headers: isTexts,
  payload: (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  names: (value) =>
    typeof value === "string" ||
    (Array.isArray(value) && value.every((name) => typeof name === "string")),
  signal: (value) => value instanceof AbortSignal,
  list: (value) => Array.isArray(value) || value instanceof FormData,
  any: () => true,
};

const ASKED: Record<Kind, string> = {
  text: "a text",
  number: "a number",
  integer: "a whole number; beyond 2^53 a BigInt",
  boolean: "true or false",
  object: "an object",
  function: "a function",
  headers: "an object of texts",
  payload: "an object, a text or a Uint8Array",
  names: '"action", "sdk" or a list of header names',
  signal: "an AbortSignal",
  list: "a list of parts or a FormData",
  any: "anything",
};

/**
 * A copy of `input` that holds its defined members, inherited ones and getters too: an option that were overlooked
 * could be a `dryRun`. `where` stands before each path, such as `credential.`. Whatever `shape` does not know, or knows
 * otherwise, is a `ValidationError`.
 */
export function readMembers<T extends object>(input: T, shape: Shape, where = ""): T {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    throw wrong(where.replace(/\.$/, "") || "input", "must be an object", "Type");
  }
  const problems: Problem[] = [];
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(shape, name)) continue;
    const message = `is not known here; known are ${Object.keys(shape).join(", ")}`;
    problems.push({ path: `${where}${name}`, code: "Unknown", message });
  }
  const copy: Record<string, unknown> = {};
  for (const name of Object.keys(shape)) {
    const value = (input as Record<string, unknown>)[name];
    if (value === undefined) continue;
    const asked = askedFor(shape[name] as Shape[string], value);
    if (asked === undefined) copy[name] = snapshot(value, shape[name] as Shape[string]);
    else problems.push({ path: `${where}${name}`, code: "Type", message: `must be ${asked}` });
  }
  if (problems.length > 0) throw ValidationError.of(problems);
  return copy as T;
}

/** What a member must be, where it is not. */
function askedFor(kind: Shape[string], value: unknown): string | undefined {
  if (typeof kind === "string") return IS[kind](value) ? undefined : ASKED[kind];
  if (kind.includes(value as string)) return undefined;
  return kind.map((word) => `"${word}"`).join(" or ");
}

/** What is used after a wait must not change meanwhile. */
function snapshot(value: unknown, kind: Shape[string]): unknown {
  if (kind === "headers") return { ...(value as object) };
  return Array.isArray(value) ? [...value] : value;
}

function isTexts(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string")
  );
}
