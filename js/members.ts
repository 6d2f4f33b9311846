/** Reads an options object once, at the door: unknown and wrongly typed members are named, none is ignored. */

import type { Problem } from "./errors.ts";
import { isObject, isPlain, type Kind, texts } from "./kinds.ts";
import { throwAny, wrong } from "./problems.ts";

/** The members of an object by name: a kind, or the words that are allowed. */
export type Shape = Record<string, Kind | readonly string[]>;

/**
 * A copy of `input` that holds its defined members, inherited ones and getters too: an option that were overlooked
 * could be a `dryRun`. `where` stands before each path, such as `credential.`; `read` holds them where they were asked for
 * before. Whatever `shape` does not know, or knows otherwise, is a `ValidationError`.
 */
export function readMembers<T extends object>(input: T, shape: Shape, where = "", read = input): T {
  if (!isObject(input) || Array.isArray(input)) {
    throw wrong(where.slice(0, -1) || "input", "must be an object", "Type");
  }
  let problems: Problem[] | undefined;
  const refuse = (name: string, code: string, message: string) => {
    problems ??= [];
    problems.push({ path: where + name, code, message });
  };
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(shape, name)) continue;
    refuse(name, "Unknown", `is not known here; known are ${Object.keys(shape).join(", ")}`);
  }
  const copy: Record<string, unknown> = {};
  for (const name of namesOf(shape)) {
    const kind = shape[name] as Shape[string];
    const value = snapshot((read as Record<string, unknown>)[name], kind === texts);
    if (value === undefined) continue;
    const asked = typeof kind === "function" ? kind(value) : oneOf(kind, value);
    if (asked === true) copy[name] = value;
    else refuse(name, "Type", `must be ${asked}`);
  }
  if (problems) throwAny(problems);
  return copy as T;
}

/** The names of each shape, which stands at the top of its file: they are asked for with every call. */
const names = new WeakMap<Shape, string[]>();

function namesOf(shape: Shape): string[] {
  const known = names.get(shape) ?? Object.keys(shape);
  names.set(shape, known);
  return known;
}

function oneOf(words: readonly unknown[], value: unknown): true | string {
  return words.includes(value) || words.map((word) => `"${word}"`).join(" or ");
}

/** What is used after a wait must not change meanwhile, and a getter be asked once. */
function snapshot(value: unknown, isTexts: boolean): unknown {
  if (isTexts && isPlain(value)) return { ...value };
  return Array.isArray(value) ? [...value] : value;
}
