/** Every way to change a JSON text in one place, to show that a comparison notices it. */

import { write } from "../differential/lines.ts";
import type { Value } from "../differential/values.ts";
import { readExact } from "./exact.ts";

/** The texts that differ from this one in one place. */
export function spoilt(json: string): string[] {
  return [...changes(readExact(json))].map(write);
}

function* changes(value: Value): Generator<Value> {
  if (value === null) yield "not null";
  else if (typeof value === "string") yield* [`${value}x`, [value]];
  else if (typeof value === "bigint") yield* [value + 1n, -value - 1n, String(value)];
  else if (typeof value === "boolean") yield* [!value, String(value)];
  else if (Array.isArray(value)) yield* changedList(value);
  else yield* changedMembers(Object.entries(value));
}

function* changedList(items: Value[]): Generator<Value> {
  yield [...items, "one more"];
  for (const [at, item] of items.entries()) {
    yield items.toSpliced(at, 1);
    for (const change of changes(item)) yield items.with(at, change);
  }
}

/** A member that is null may be left out: to an SDK's model that is the same. */
function* changedMembers(members: [string, Value][]): Generator<Value> {
  yield Object.fromEntries([...members, ["OneMore", "a member"]]);
  for (const [at, [name, item]] of members.entries()) {
    if (item !== null) yield Object.fromEntries(members.toSpliced(at, 1));
    for (const change of changes(item)) yield Object.fromEntries(members.with(at, [name, change]));
  }
}
