/** One test for each story: a client plays it, this package plays it, and both were told the same. */

import assert from "node:assert/strict";
import { after, test } from "node:test";
import { type Caller, own } from "./clients.ts";
import { comparable, fields } from "./compare.ts";
import { type Line, play } from "./play.ts";
import { notBy, type Sdk, STORIES, type Step, times } from "./story.ts";
import { aligned } from "./table.ts";

/** Plays all stories with an SDK, and prints a table of what was compared. */
export function agree(sdk: Sdk, start: () => Caller): void {
  const rows = [["story", `steps by ${sdk}`, "fields as told to tc3-edge"]];
  const caller = start();
  after(() => caller.close());
  test(`the official ${sdk} client and this package are told the same`, async (t) => {
    for (const { story, steps } of STORIES) {
      await t.test(story, async () => {
        const there = steps.filter((step) => notBy(step, sdk) === undefined);
        const alike = await compare(sdk, caller, there);
        const [all, made] = [steps, there].map((some) =>
          some.reduce((sum, step) => sum + times(step), 0),
        );
        rows.push([story, `${made} of ${all}`, String(alike)]);
      });
    }
    for (const line of aligned(rows)) t.diagnostic(line);
    for (const reason of reasons(sdk)) t.diagnostic(reason);
  });
}

/** Compares what both are told at each step, and gives how many fields that were. */
async function compare(sdk: Sdk, caller: Caller, steps: Step[]): Promise<number> {
  const moment = Math.floor(Date.now() / 1000) * 1000;
  const theirs = await play(steps, caller, moment);
  // It leaves out the same steps: a request more would move the ids of all that follow.
  const ours = await play(steps, own(), moment);
  assert.equal(theirs.lines.length, ours.lines.length);
  let alike = 0;
  for (const [at, line] of ours.lines.entries()) {
    const other = theirs.lines[at] as Line;
    const where = `line ${at + 1}, ${JSON.stringify(line.step)}`;
    expected(line, `this package, ${where}`);
    expected(other, `${sdk}, ${where}`);
    const [their, our] = [other, line].map(({ told }) => comparable(told, caller.hidesNulls));
    assert.deepEqual(their, our, where);
    alike += fields(our);
  }
  assert.deepEqual(theirs.ledger, ours.ledger);
  return alike;
}

/** It is told what the story says. */
function expected({ step, told }: Line, whose: string): void {
  const code = "code" in told ? told.code : "ok";
  const awaited = ("action" in step && step.code) || "ok";
  assert.equal(code, awaited, `${whose}: ${JSON.stringify(told)}`);
}

/** What a client cannot do, each reason once. */
function reasons(sdk: Sdk): string[] {
  const found = STORIES.flatMap(({ steps }) => steps.map((step) => notBy(step, sdk)));
  const known = [...new Set(found)].filter((reason) => reason !== undefined);
  return known.map((reason) => `not by ${sdk}: ${reason}`);
}
