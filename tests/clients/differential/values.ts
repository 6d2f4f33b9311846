/** Random texts, numbers and parameters, from plain ones to those that serialisers disagree on. */

import type { Random } from "./random.ts";

/** What JSON holds, and the bytes of a multipart part. */
export type Value =
  | null
  | boolean
  | number
  | bigint
  | string
  | Uint8Array
  | Value[]
  | { [name: string]: Value };
export type Params = { [name: string]: Value };

/** Which values an SDK writes in a way that can be compared. */
export interface Limits {
  fractions: boolean;
  booleans: boolean;
  /** Of lists; a member of an object may always be null. */
  nullItems: boolean;
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz";
const NAMES = `${LETTERS}${LETTERS.toUpperCase()}0123456789`;
const TEXTS = [
  NAMES,
  " !\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~",
  "\b\t\n\f\r\u0001\u001f\u007f\u0085",
  "äßçñøΩжשم中文服务退款한국어",
  "\u00ad\u200b\u200d\u2028\u2029\ufeff\u0301\u202e",
] as const;
const PRINTABLE = Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)).join("");
const EMOJI = ["😀", "👨‍👩‍👧", "🇨🇳", "𠮷", "🏽"];

export function name(random: Random): string {
  return random.pick([...LETTERS.toUpperCase()]) + random.letters(NAMES, 0, 11);
}

export function text(random: Random, most = 24): string {
  if (random.once(2)) return random.letters(NAMES, 0, most);
  const piece = () =>
    random.once(8) ? random.pick(EMOJI) : random.letters(random.pick(TEXTS), 1, 3);
  return random.list(0, Math.ceil(most / 2), piece).join("");
}

/** Printable ASCII without a space at an end, as a header's value is. */
export function printable(random: Random): string {
  return `${random.pick([...NAMES])}${random.letters(PRINTABLE, 0, 98)}~`;
}

/** The same without commas and spaces: what Authorization can name. */
export function identifier(random: Random): string {
  return printable(random).replace(/[ ,]/g, "");
}

/** Any UTF-8 of at most 100 bytes, without white space at an end. */
export function secretKey(random: Random): string {
  let key = random.pick([...NAMES]);
  const length = random.integer(1, 99);
  for (;;) {
    const longer = key + (text(random, 6) || "-");
    if (Buffer.byteLength(longer) > length) return `${key}$`;
    key = longer;
  }
}

export function integer(random: Random): number | bigint {
  if (random.once(6)) return random.pick([-1n, 1n]) * BigInt(random.letters("123456789", 17, 18));
  return random.integer(-1, 1) * random.integer(0, 2 ** random.integer(1, 53) - 1) || 0;
}

export function params(random: Random, limits: Limits, depth = 3): Params {
  const entry = () => [name(random), value(random, limits, depth)] as const;
  return Object.fromEntries(random.list(0, 6, entry));
}

function value(random: Random, limits: Limits, depth: number): Value {
  const kind = random.integer(0, 9);
  if (kind === 0 && limits.booleans) return random.once(2);
  if (kind === 1) return null;
  if (kind === 2 && limits.fractions) return random.next() * 10 ** random.integer(-9, 15);
  if (kind <= 4) return integer(random);
  if (kind <= 7 || depth === 0) return text(random);
  if (kind === 8) return params(random, limits, depth - 1);
  const items = random.list(0, 4, () => value(random, limits, depth - 1));
  return limits.nullItems ? items : items.map((item) => item ?? "");
}

/** Parameters for a model with declared fields, as Go has; it leaves out texts that are empty. */
export function modelled(random: Random): Params {
  const all: Params = {
    Text: `t${text(random)}`,
    Count: BigInt.asIntN(63, BigInt(integer(random))),
    Size: BigInt(random.letters("123456789", 1, 19)),
    Ratio: random.integer(-1e6, 1e6) / 1024,
    Flag: random.once(2),
    Names: random.list(0, 12, () => text(random)),
    Numbers: random.list(0, 3, () => integer(random)),
    Filters: random.list(0, 3, () => filter(random)),
    Filter: filter(random),
  };
  return Object.fromEntries(Object.entries(all).filter(() => random.once(2)));
}

function filter(random: Random): Params {
  return { Name: `n${text(random)}`, Values: random.list(0, 3, () => text(random)) };
}
