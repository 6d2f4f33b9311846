/** Random texts and integers that keep a field's limits, often those at an edge. */

import type { Random } from "../differential/random.ts";
import { text } from "../differential/values.ts";
import type { Bounds, Limits } from "./schema.ts";

const CLASSES = {
  letters: "abcxyzABCXYZ",
  digits: "0123456789",
  chinese: "云存储服务退款門龥",
  underscore: "_",
};
/** About where a number begins to lose digits, and where the usual sizes of integers end. */
const EDGES = [0n, 1n, 2n ** 31n, 2n ** 32n, 2n ** 53n - 1n, 2n ** 53n, 2n ** 53n + 1n];

/** An integer of 64 bits, with or without a sign. */
export function integerWithin(
  random: Random,
  [least, most]: Bounds<bigint | number>,
  unsigned = false,
): bigint {
  const low = BigInt(least ?? (unsigned ? 0 : -(2n ** 63n)));
  const high = BigInt(most ?? (unsigned ? 2n ** 64n - 1n : 2n ** 63n - 1n));
  const fits = (value: bigint) => value >= low && value <= high;
  if (random.once(2)) {
    return random.pick([...EDGES, ...EDGES.map((edge) => -edge), low, high].filter(fits));
  }
  const word = () => BigInt(random.integer(0, 2 ** 32 - 1));
  const size = BigInt.asUintN(random.integer(1, 64), (word() << 32n) | word());
  const value = random.once(2) ? -size : size;
  return fits(value) ? value : low + (size % (high - low + 1n));
}

/** A text of at least so many characters. */
export function textWithin(random: Random, limits: Limits, least: number): string {
  const { dotted, joined, levelCharacters, allowed, forbidden = "", bytes } = limits;
  if (dotted) return dotted.map((bounds) => integerWithin(random, bounds)).join(".");
  if (joined) return random.list(1, 6, () => integerWithin(random, joined)).join(",");
  if (levelCharacters) {
    const level = () => textWithin(random, { characters: levelCharacters, forbidden: "." }, 1);
    return random.list(1, 4, level).join(".");
  }
  const all = allowed?.map((name) => CLASSES[name]).join("");
  const made = all ? random.letters(all, 0, 40) : text(random);
  const [few, many] = limits.characters ?? [null, null];
  const kept = [...made].filter((one) => !forbidden.includes(one)).slice(0, many ?? undefined);
  const isFull = random.once(6);
  const count = isFull && many !== null ? many : Math.max(least, few ?? 0);
  const whole = kept.join("") + "x".repeat(Math.max(0, count - kept.length));
  const room = isFull && bytes?.[1] ? bytes[1] - Buffer.byteLength(whole) : 0;
  return whole + "x".repeat(room);
}
