/** Compares what this package sent and read with what an SDK's models made of the same call. */

import assert from "node:assert/strict";
import type { Warning } from "tc3-edge";
import { text } from "../differential/observed.ts";
import { countWide, exact, readExact, withoutNull } from "./exact.ts";
import type { Asked, Sent } from "./observed.ts";
import type { Action } from "./schema.ts";

/** Both sent the same request; only what signs it may differ. */
export function compareRequest(own: Sent, theirs: Sent): void {
  assert.deepEqual(readRequest(own), readRequest(theirs));
}

/** This package reads what was answered, and an SDK's model holds the same. */
export function compareAnswer({ answer }: Asked, read: unknown, theirs: string): void {
  const own = exact(read);
  assert.deepEqual({ Response: own }, readExact(answer));
  assert.deepEqual(withoutNull(own), withoutNull(readExact(theirs)));
}

/** Nothing is told of a good call but that its action is obsolete, or that an answered integer is beyond 2^53. */
export function compareWarnings(action: Action, { answer }: Asked, warnings: Warning[]): void {
  const told = warnings.map(({ about, code }) => `${about} ${code}`);
  const expected = [
    ...(action.deprecated ? ["request Deprecated"] : []),
    ...(countWide(readExact(answer)) > 0 ? ["answer Wide"] : []),
  ];
  assert.deepEqual([...new Set(told)], expected);
}

function readRequest({ method, url, headers, body }: Sent) {
  const { "x-tc-action": action, "x-tc-version": version, "x-tc-region": region } = headers;
  return { method, url, action, version, region, body: readExact(text(body)) };
}
