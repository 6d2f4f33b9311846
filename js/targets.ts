/** Which calls are about the same thing: what one of them did, the refusal of another may be about. */

import type { Form } from "./form.ts";
import { isObject } from "./kinds.ts";

/** What a call is about: each of its parameters, as JSON. Of a body that is no JSON object nothing is known. */
export interface Target {
  action: string;
  /** Read when they are asked for first: most calls are never compared. */
  members(): Map<string, string>;
}

/** So many are told apart; beyond, every call of the same action is about the same thing. */
const MOST = 10_000;

export function targetOf(action: string, { payload }: Form): Target {
  let read: Map<string, string> | undefined;
  const members = () => {
    read ??= new Map(typeof payload === "string" ? membersOf(payload) : []);
    return read;
  };
  return { action, members };
}

/** Whether one of these calls, whose outcome is not known, is about the same thing, or part of it, or more. */
export function isOpen(open: Target[], target: Target): boolean {
  return open.some((other) => covers(other, target) || covers(target, other));
}

/** Remembers that the outcome of a call is not known. */
export function remember(open: Target[], target: Target): void {
  if (open.some((other) => covers(other, target))) return;
  const { action } = target;
  const members = open.length < MOST ? target.members() : new Map();
  open.push({ action, members: () => members });
}

/** Forgets those that a call, which was done, covers. */
export function forget(open: Target[], target: Target): void {
  for (let at = open.length - 1; at >= 0; at -= 1) {
    if (covers(target, open[at] as Target)) open.splice(at, 1);
  }
}

/** Whether each parameter of the one stands in the other too: the fewer are given, the more a call is about. */
function covers(one: Target, other: Target): boolean {
  if (one.action !== other.action) return false;
  for (const [name, value] of one.members()) {
    if (other.members().get(name) !== value) return false;
  }
  return true;
}

function membersOf(text: string): [string, string][] {
  try {
    const value: unknown = JSON.parse(text);
    if (!isObject(value)) return [];
    return Object.entries(value).map(([name, member]) => [name, JSON.stringify(member)]);
  } catch {
    return [];
  }
}
