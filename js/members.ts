/** Reads an options object once, at the door: unknown and wrongly typed members are named, none is ignored. */

import { type Problem, ValidationError } from "./errors.ts";

/** A member's type, as people say it. */
type Kind =
  | "text"
  | "number"
  | "boolean"
  | "object"
  | "function"
  | "headers"
  | "payload"
  | "names"
  | "signal";

/** The members of an object by name. */
export type Shape = Record<string, Kind>;

const IS: Record<Kind, (value: unknown) => boolean> = {
  text: (value) => typeof value === "string",
  number: (value) => typeof value === "number",
  boolean: (value) => typeof value === "boolean",
  object: (value) => typeof value === "object" && value !== null,
  function: (value) => typeof value === "function",
  headers: isTexts,
  payload: (value) => typeof value === "string" || (typeof value === "object" && value !== null),
  names: (value) =>
    typeof value === "string" ||
    (Array.isArray(value) && value.every((name) => typeof name === "string")),
  signal: (value) => value instanceof AbortSignal,
};

const ASKED: Record<Kind, string> = {
  text: "a text",
  number: "a number",
  boolean: "true or false",
  object: "an object",
  function: "a function",
  headers: "an object of texts",
  payload: "an object, a text or a Uint8Array",
  names: '"action", "sdk" or a list of header names',
  signal: "an AbortSignal",
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
      if (!IS[kind](value)) {
        problems.push({ path, code: "Type", message: `must be ${ASKED[kind]}` });
      }
      copy[name] = value;
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
