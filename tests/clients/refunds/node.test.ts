/** This package, its `refund`, the same in a blind retry, and the official Node SDK, refunding through the faults of each seed. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { blind, node, own, planned } from "./clients.ts";
import { assertSound, count, measured } from "./measure.ts";
import { FAULTS, faultsOf, REPLAYED, SEEDS } from "./seeds.ts";

test("every fault befalls a first arrival, and a seed's are always the same", () => {
  assert.deepEqual(faultsOf(1), faultsOf(1));
  if (!REPLAYED) assert.deepEqual(new Set(SEEDS.map((seed) => faultsOf(seed)[0])), new Set(FAULTS));
});

test("this package tells nothing that is not so, and sends nothing again that was carried out", async (t) => {
  const fates = await measured(t, own);
  assertSound(fates);
  if (REPLAYED) return;
  const { twice, done, givenUp } = count(fates);
  assert(twice > 0, "what was throttled is sent again");
  assert(done > givenUp);
});

test("refund sends each order once, and knows in the end what became of it", async (t) => {
  const fates = await measured(t, planned(1));
  assertSound(fates);
  const { twice, unknown } = count(fates);
  assert.deepEqual({ twice, unknown }, { twice: 0, unknown: 0 });
  // Asked to, it sends once more what was not done.
  const more = await measured(t, planned(2));
  assertSound(more);
  assert.equal(count(more).unknown, 0);
  if (!REPLAYED) assert(count(more).done > count(fates).done);
});

test("a blind retry of the same client sends again what was carried out", async (t) => {
  const fates = await measured(t, blind);
  if (REPLAYED) return;
  assert(count(fates).again > 0);
  assert.throws(() => assertSound(fates), assert.AssertionError);
});

test("the official Node SDK sends once, and calls failed what was done", async (t) => {
  const fates = await measured(t, node);
  const { twice, misreported } = count(fates);
  assert.equal(twice, 0);
  if (REPLAYED) return;
  assert(misreported > 0);
  assert.throws(() => assertSound(fates), assert.AssertionError);
});
