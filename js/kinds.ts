/**
 * What a member may be. Each is a function and not a word, so that minifiers can rename it and an application pays only
 * for those that it uses.
 */

/** `true`, or what the value must be, as people say it. */
export type Kind = (value: unknown) => true | string;

export function isText(value: unknown): value is string {
  return typeof value === "string";
}

export function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** Whether an object is what its members say, and no list, Map or Headers. */
export function isPlain(value: unknown): value is object {
  return Object.prototype.toString.call(value) === "[object Object]";
}

export const aText: Kind = (value) => isText(value) || "a text";

export const aNumber: Kind = (value) => typeof value === "number" || "a number";

export const aBoolean: Kind = (value) => typeof value === "boolean" || "true or false";

export const aFunction: Kind = (value) => typeof value === "function" || "a function";

export const anObject: Kind = (value) => isObject(value) || "an object";

export const anInteger: Kind = (value) =>
  typeof value === "bigint" ||
  Number.isSafeInteger(value) ||
  "a whole number; beyond 2^53 a BigInt";

/** Texts by name. A `Headers` or a `Map` shows no members of its own, so its texts would be lost. */
export const texts: Kind = (value) =>
  (isPlain(value) && Object.values(value).every(isText)) || "a plain object of texts";

export const aPayload: Kind = (value) =>
  isText(value) || isObject(value) || "an object, a text or a Uint8Array";

export const headerNames: Kind = (value) =>
  isText(value) ||
  (Array.isArray(value) && value.every(isText)) ||
  '"action", "sdk" or a list of header names';

export const aSignal: Kind = (value) => value instanceof AbortSignal || "an AbortSignal";

export const formParts: Kind = (value) =>
  Array.isArray(value) || value instanceof FormData || "a list of parts or a FormData";

export const anything: Kind = () => true;
