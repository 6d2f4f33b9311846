/** The items of an action that answers in pages, as one sequence. */

import { aFunction, aNumber, isObject } from "./kinds.ts";
import { readMembers } from "./members.ts";
import { wrong } from "./problems.ts";

/** What names a page: both are parameters of the action. */
export interface Page {
  /** How many items are before it. */
  Offset: number;
  /** How many it holds at most. */
  Limit: number;
}

/** The items of an answer: those of its only list. */
export type ItemOf<Answer> = {
  [Name in keyof Answer]-?: NonNullable<Answer[Name]> extends readonly (infer Item)[]
    ? Item
    : never;
}[keyof Answer];

/** How pages are read. */
export interface PaginateOptions<Item> {
  /** How many items a page holds; the action may allow fewer. From 2. @default 100 */
  limit?: number;
  /**
   * What an item is known by, while others come and go: a text or a number that it keeps. @default all that it holds
   */
  key?: (item: Item) => unknown;
}

const OPTIONS = { limit: aNumber, key: aFunction };

/**
 * Gives the items of all pages, one after the other. Each page begins with the last item of the one before; where it
 * does not, items have moved meanwhile, and pages are read again from further ahead. So every item that is there all the
 * time is given once, as long as the order of the others stays: also where items before it are deleted. Items that come or go
 * meanwhile may be given or not.
 *
 * @param read makes one call for a page
 * @throws ValidationError where it is given what it does not take, or an answer has no list or several; else what `read` throws
 * @example for await (const device of paginate((page) => iotvideo.DescribeDevices({ ProductId, ...page }))) …
 */
export async function* paginate<Answer extends object>(
  read: (page: Page) => PromiseLike<Answer>,
  options: PaginateOptions<ItemOf<Answer>> = {},
): AsyncGenerator<ItemOf<Answer>, void, undefined> {
  const { limit = 100, key = textOf } = readMembers(options, OPTIONS);
  if (typeof read !== "function") throw wrong("read", "must be a function", "Type");
  if (!(Number.isInteger(limit) && limit >= 2))
    throw wrong("limit", "must be a whole number from 2");
  const given = new Set<unknown>();
  let offset = 0;
  let back = limit - 1;
  for (;;) {
    const answer: unknown = await read({ Offset: offset, Limit: limit });
    const items = itemsOf(answer) as ItemOf<Answer>[];
    const keys = items.map(key);
    if (offset > 0 && !given.has(keys[0])) {
      // What was given lies further ahead now; the second time it is looked for twice as far.
      offset = Math.max(0, offset - back);
      back *= 2;
      continue;
    }
    back = limit - 1;
    for (const [at, item] of items.entries()) {
      if (given.has(keys[at])) continue;
      given.add(keys[at]);
      yield item;
    }
    if (items.length < limit) return;
    offset += limit - 1;
  }
}

function itemsOf(answer: unknown): unknown[] {
  const lists: unknown[][] = Object.values(isObject(answer) ? answer : {}).filter((value) =>
    Array.isArray(value),
  );
  const [only] = lists;
  if (only && lists.length === 1) return only;
  throw wrong("read", `must give an answer with one list; this one has ${lists.length}`);
}

/** Wide integers are no JSON. */
function textOf(item: unknown): string {
  return JSON.stringify(item, (_, value) => (typeof value === "bigint" ? `${value}n` : value));
}
