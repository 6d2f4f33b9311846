/** Random parameters and answers of an action, made from the schema. */

import { write } from "../differential/lines.ts";
import type { Random } from "../differential/random.ts";
import type { Params, Value } from "../differential/values.ts";
import type { Asked } from "./observed.ts";
import { type Action, type Field, limitsOf, STRUCTURES } from "./schema.ts";
import { integerWithin, textWithin } from "./within.ts";

/** All members with integers as long as they may be, the least that there must be, or what chance brings. */
export type Extent = "all" | "least" | "chance";

interface Way {
  random: Random;
  extent: Extent;
  /** Sent and so within its limits, or answered. */
  sent: boolean;
}

/** One call of an action: what is asked, and what is answered. */
export function sample(random: Random, { name, input, output }: Action, extent: Extent): Asked {
  const params = members({ random, extent, sent: true }, input);
  const RequestId = `id-${random.letters("0123456789abcdef", 8, 32)}`;
  const answered = { ...members({ random, extent, sent: false }, output), RequestId };
  const answer = write({ Response: answered });
  return { action: name, params, answer: random.once(2) ? inAscii(answer) : answer };
}

/** The same JSON with what is not ASCII escaped, half of a pair by half of a pair. */
function inAscii(json: string): string {
  const escaped = (unit: string) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
  return json.replace(/[\u007f-\uffff]/g, escaped);
}

function members(way: Way, fields: Field[]): Params {
  const { random, extent } = way;
  const isThere = ({ required }: Field) =>
    required || extent === "all" || (extent === "chance" && random.once(2));
  const entries = fields.filter(isThere).map((field) => ({
    place: random.next(),
    entry: [field.name, isNull(way, field) ? null : value(way, field)] as const,
  }));
  entries.sort((one, other) => one.place - other.place);
  return Object.fromEntries(entries.map(({ entry }) => entry));
}

/** What may be left out may be given as null, unless that is refused as a value that got lost. */
function isNull({ random, extent, sent }: Way, { required, nonEmpty, nullable }: Field): boolean {
  const may = sent ? !required && !nonEmpty : nullable === true;
  return may && (extent === "least" || (extent === "chance" && random.once(4)));
}

function value(way: Way, field: Field): Value {
  if (!field.list) return single(way, field);
  const { random, extent, sent } = way;
  const [few, many] = (sent && limitsOf(field).items) || [null, null];
  const least = Math.max(few ?? 0, field.nonEmpty || extent === "all" ? 1 : 0);
  const isFull = extent !== "least" && random.once(8);
  const usual = extent === "least" ? least : 3;
  const most = isFull ? (many ?? 12) : usual;
  return random.list(isFull ? most : least, most, () => single(way, field));
}

function single(way: Way, field: Field): Value {
  const { random, extent, sent } = way;
  const { name, type, unsigned, nonEmpty, proof } = field;
  const limits = sent ? limitsOf(field) : {};
  const fields = STRUCTURES.get(type);
  if (fields) return members(way, fields);
  if (type === "Boolean") return random.once(2);
  const known = listed(way, field);
  // An empty text proves nothing.
  const least = nonEmpty || proof ? 1 : 0;
  if (type === "String") return String(known ?? textWithin(random, limits, least));
  if (type !== "Integer") throw new Error(`${name}: no sample of ${type} can be made`);
  const [lowest, most] = limits.range ?? [null, null];
  // Beyond 2^53 by far, and within 64 bits with a sign.
  const from = extent === "all" && most === null ? 2n ** 62n : lowest;
  const exact = BigInt(known ?? integerWithin(random, [from, most], unsigned));
  const number = Number(exact);
  return Number.isSafeInteger(number) && !random.once(4) ? number : exact;
}

/** One of the values that the schema lists; what is sent keeps to a list, an answer may bring what is not there yet. */
function listed({ random, extent, sent }: Way, field: Field): string | number | undefined {
  const { values = [], specialValues = [] } = field;
  // Values of a text that joins several stand in its limits too.
  const isListed = values.length > 0 && !limitsOf(field).joined;
  if (isListed && sent) return random.pick(values).value;
  if (extent === "all") return undefined;
  if (isListed && !random.once(4)) return random.pick(values).value;
  return specialValues.length > 0 && random.once(4) ? random.pick(specialValues).value : undefined;
}
