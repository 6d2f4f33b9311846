/**
 * Refunds of which a seed determines everything: network, clocks, crashes, and who buys meanwhile. TC3_EDGE_SEEDS says how
 * many, TC3_EDGE_SEED plays one again.
 */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Played, play } from "./play.ts";
import { CRASHES, READ_FAULTS, SEND_FAULTS } from "./scenario.ts";

const { TC3_EDGE_SEED, TC3_EDGE_SEEDS = "500" } = process.env;
const COUNT = TC3_EDGE_SEED === undefined ? Number(TC3_EDGE_SEEDS) : 1;
const FIRST = Number(TC3_EDGE_SEED ?? 1);

/** What 10,000 seeds must meet at least, and fewer in proportion. */
const SHARE = COUNT / 10_000;

test(`refunds of ${COUNT} seeds are told as the ledger has them`, async (t) => {
  const outcomes = new Map<string, number>();
  const met = new Map<string, number>();
  const wrong: string[] = [];
  for (let seed = FIRST; seed < FIRST + COUNT; seed += 1) {
    try {
      const played = await play(seed);
      if (COUNT === 1) t.diagnostic(JSON.stringify(sentence(played)));
      for (const outcome of played.outcomes) add(outcomes, outcome, 1);
      for (const [name, times] of played.met) add(met, name, times);
    } catch (error) {
      wrong.push(`TC3_EDGE_SEED=${seed}: ${(error as Error).message}`);
    }
  }
  assert.deepEqual(wrong, []);
  t.diagnostic(`seeds ${FIRST} to ${FIRST + COUNT - 1}; orders: ${written(outcomes)}`);
  t.diagnostic(`met: ${written(met)}`);
  if (COUNT < 500) return;
  // Of few seeds a kind may by chance have a little less than its share.
  const share = SHARE * (COUNT < 5000 ? 0.6 : 1);
  for (const outcome of ["done", "notDone", "unknown", "notSent", "refused"]) {
    assert((outcomes.get(outcome) ?? 0) >= 100 * share, outcome);
  }
  const crashes = CRASHES.map((place) => `crash ${place}`);
  for (const name of [...SEND_FAULTS, ...READ_FAULTS, ...crashes]) {
    assert((met.get(name) ?? 0) >= 500 * share, name);
  }
});

function add(counts: Map<string, number>, name: string, times: number): void {
  counts.set(name, (counts.get(name) ?? 0) + times);
}

function written(counts: Map<string, number>): string {
  return JSON.stringify(Object.fromEntries([...counts].sort()));
}

function sentence({ scenario, outcomes, met, handed }: Played) {
  return { scenario, outcomes, met: Object.fromEntries(met), handed };
}
