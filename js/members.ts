/** Reads an options object once, at the door: unknown and wrongly typed members are named, none is ignored. */

import { type Problem, ValidationError } from "./errors.ts";

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
 * A copy of `input` that holds its defined members. `where` stands before each path, such as `credential.`.
 * Whatever `shape` does not know, or knows otherwise, is a `ValidationError`.
 */
export function readMembers<T extends object>(input: T, shape: Shape, where = ""): T {
  if (typeof input !== "object" || input === null || Array.isArray(input)) {
    const path = where.replace(/\.$/, "") || "input";
    throw ValidationError.of([{ path, code: "Type", message: "must be an object" }]);
  }
  const problems: Problem[] = [];
  const copy: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(input)) {
    const path = `${where}${name}`;
    const kind = Object.hasOwn(shape, name) ? shape[name] : undefined;
    if (kind === undefined) {
      const known = Object.keys(shape).join(", ");
      problems.push({ path, code: "Unknown", message: `is not known here; known are ${known}` });
    } else if (value !== undefined) {
      const words = typeof kind === "string" ? undefined : kind;
      if (words ? !words.includes(value as string) : !IS[kind as Kind](value)) {
        const asked = words?.map((word) => `"${word}"`).join(" or ") ?? ASKED[kind as Kind];
        problems.push({ path, code: "Type", message: `must be ${asked}` });
      }
      // What is used after a wait must not change meanwhile.
      if (kind === "headers") copy[name] = { ...(value as object) };
      else copy[name] = Array.isArray(value) ? [...value] : value;
    }
  }
  if (problems.length > 0) throw ValidationError.of(problems);
  return copy as T;
}

function isTexts(value: unknown): boolean {
  return (
    typeof value === "object" &&
    value !== null &&
    !Array.isArray(value) &&
    Object.values(value).every((text) => typeof text === "string")
  );
}
