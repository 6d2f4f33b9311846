/** Writes JSON from JavaScript values, exactly or not at all; reads what the core marked. */

import { type Problem, ValidationError } from "./errors.ts";

/**
 * The JSON text of a value. A BigInt is written as an integer; `undefined` and `null` members of objects are
 * left out, `null` items of arrays stay. What JSON cannot hold is a `ValidationError` with its path.
 */
export function writeJson(value: unknown): string {
  const problems: Problem[] = [];
  const text = write(value, "", [], problems);
  if (problems.length > 0) throw ValidationError.of(problems);
  return text;
}

/**
 * Reads a text that the core marked (src/response/exact.rs): texts begin with `s`, integers beyond 2^53 - 1 are
 * texts that begin with `i` and come out as BigInt.
 */
export function readMarked(text: string): unknown {
  return JSON.parse(text, (_, value: unknown) => {
    if (typeof value !== "string") return value;
    return value.startsWith("i") ? BigInt(value.slice(1)) : value.slice(1);
  });
}

function write(value: unknown, path: string, above: object[], problems: Problem[]): string {
  switch (typeof value) {
    case "string":
      if (/\p{Surrogate}/u.test(value)) refuse(path, "holds half a surrogate pair", problems);
      return JSON.stringify(value);
    case "number":
      return writeNumber(value, path, problems);
    case "bigint":
    case "boolean":
      return String(value);
    case "object":
      return value === null ? "null" : writeObject(value, path, above, problems);
    default:
      return refuse(path, `is ${typeof value}, which JSON does not have`, problems);
  }
}

function writeNumber(value: number, path: string, problems: Problem[]): string {
  if (!Number.isFinite(value))
    return refuse(path, `is ${value}, which JSON does not have`, problems);
  // From 1e21 on a number is written with an exponent, as the fraction that it is.
  if (Number.isInteger(value) && !Number.isSafeInteger(value) && Math.abs(value) < 1e21) {
    return refuse(path, "is beyond 2^53, where numbers lose digits; give a BigInt", problems);
  }
  return Object.is(value, -0) ? "0" : String(value);
}

function writeObject(value: object, path: string, above: object[], problems: Problem[]): string {
  if (above.includes(value)) return refuse(path, "holds itself", problems);
  const inside = [...above, value];
  if (Array.isArray(value)) {
    // A hole is `undefined` for `Array.from`, and so is refused.
    const items = Array.from(value, (item, at) => write(item, `${path}[${at}]`, inside, problems));
    return `[${items.join(",")}]`;
  }
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind !== "Object") {
    return refuse(path, `is a ${kind}; give a plain object, a list, a text or a number`, problems);
  }
  const members: string[] = [];
  for (const [name, member] of Object.entries(value)) {
    if (member === undefined || member === null) continue;
    const text = write(member, path === "" ? name : `${path}.${name}`, inside, problems);
    members.push(`${JSON.stringify(name)}:${text}`);
  }
  return `{${members.join(",")}}`;
}

function refuse(path: string, message: string, problems: Problem[]): string {
  problems.push({ path: path === "" ? "payload" : path, code: "Type", message });
  return "null";
}
