/** This package's IoT Video against the official Python SDK's, action by action; `tests/clients/python/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { write } from "../differential/lines.ts";
import { text } from "../differential/observed.ts";
import { pythonModels, pythonShapes } from "../differential/programs.ts";
import { Random, SEED } from "../differential/random.ts";
import type { Params } from "../differential/values.ts";
import { compareAnswer, compareRequest, compareWarnings } from "./compare.ts";
import { countWide, readExact } from "./exact.ts";
import { type Asked, callOwn, type Seen } from "./observed.ts";
import { sample } from "./sample.ts";
import { ACTIONS, type Action } from "./schema.ts";
import { schemaShapes } from "./shapes.ts";
import { spoilt } from "./spoil.ts";

/** Of each action: one with all members, one with the fewest, the others by chance. */
const CALLS = 40;

test("requests, answers and structures have the fields and types of the Python SDK's models", async () => {
  const [shapes] = await pythonShapes([{ shapes: true }]);
  assert.deepEqual(shapes, schemaShapes());
  // Actions begin with a capital; `constructor` and `raw` do not.
  const methods = Object.getOwnPropertyNames(Iotvideo.prototype).filter((name) =>
    /^[A-Z]/.test(name),
  );
  assert.deepEqual(methods.sort(), Object.keys(shapes?.actions ?? {}).sort());
});

test("what the Python SDK's models send and read, this package sends and reads", async (t) => {
  t.diagnostic(`TC3_EDGE_SEED=${SEED} repeats this run`);
  const all = await askModels(ACTIONS.map((action) => samples(action, CALLS)));
  const tried: string[] = [];
  const count = { requests: 0, answers: 0, wideSent: 0, wideAnswered: 0 };
  for (const [place, action] of ACTIONS.entries()) {
    await t.test(action.name, async () => {
      const calls = all[place] ?? [];
      assert.equal(calls.length, CALLS);
      for (const [at, [asked, theirs]] of calls.entries()) {
        try {
          const own = await callOwn(asked);
          compareRequest(own.sent, theirs);
          count.requests += 1;
          compareAnswer(asked, own.read, theirs.read);
          compareWarnings(action, asked, own.warnings);
          count.answers += 1;
        } catch (cause) {
          const message = `${action.name}, call ${at}, TC3_EDGE_SEED=${SEED}: ${theirs.error ?? ""}`;
          throw new Error(message, { cause });
        }
        count.wideSent += countWide(readExact(text(theirs.body)));
        count.wideAnswered += countWide(readExact(theirs.read));
      }
      tried.push(action.name);
    });
  }
  const [shapes] = await pythonShapes([{ shapes: true }]);
  assert.equal(tried.length, 68);
  assert.deepEqual(tried.sort(), Object.keys(shapes?.actions ?? {}).sort());
  assert(count.wideSent > 0 && count.wideAnswered > 0, "integers beyond 2^53 were compared");
  t.diagnostic(`${tried.length} actions, ${count.requests} requests, ${count.answers} answers`);
  t.diagnostic(`integers beyond 2^53: ${count.wideSent} sent, ${count.wideAnswered} answered`);
});

test("a request or an answer that was changed in one place is noticed, at every place", async (t) => {
  let changes = 0;
  const all = await askModels(ACTIONS.map((action) => samples(action, 1)));
  for (const [[asked, theirs]] of all as [[[Asked, Seen]]]) {
    const { sent, read } = await callOwn(asked);
    compareRequest(sent, theirs);
    compareAnswer(asked, read, theirs.read);
    for (const json of spoilt(text(theirs.body))) {
      const body = Buffer.from(json).toString("base64");
      assert.throws(() => compareRequest(sent, { ...theirs, body }), assert.AssertionError, json);
      changes += 1;
    }
    for (const json of spoilt(theirs.read)) {
      assert.throws(() => compareAnswer(asked, read, json), assert.AssertionError, json);
      changes += 1;
    }
    const headers = { ...theirs.headers, "x-tc-action": "Another" };
    assert.throws(() => compareRequest(sent, { ...theirs, headers }), assert.AssertionError);
  }
  t.diagnostic(`${changes} changes noticed`);
});

test("an answer without a promised field is noticed by what this package warns of", async (t) => {
  let fields = 0;
  for (const action of ACTIONS) {
    for (const { name } of action.output.filter(({ required, proof }) => required && !proof)) {
      const [asked] = samples(action, 1) as [Asked];
      compareWarnings(action, asked, (await callOwn(asked)).warnings);
      const { Response } = readExact(asked.answer) as { Response: Params };
      const { [name]: _, ...others } = Response;
      const poor = { ...asked, answer: write({ Response: others }) };
      const { warnings } = await callOwn(poor);
      assert.throws(() => compareWarnings(action, poor, warnings), assert.AssertionError, name);
      fields += 1;
    }
  }
  assert(fields > 0);
  t.diagnostic(`${fields} fields left out`);
});

/** The same calls of an action with every run of a seed. */
function samples(action: Action, count: number): Asked[] {
  const random = new Random(SEED, action.name);
  const extent = (at: number) => (["all", "least"] as const)[at] ?? "chance";
  return Array.from({ length: count }, (_, at) => sample(random, action, extent(at)));
}

/** Each call with what the SDK made of it. */
async function askModels(calls: Asked[][]): Promise<[Asked, Seen][][]> {
  const seen = (await pythonModels(calls.flat())).values();
  return calls.map((list) => list.map((asked) => [asked, seen.next().value as Seen]));
}
