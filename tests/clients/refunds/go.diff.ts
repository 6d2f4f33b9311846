/** The official Go SDK refunds through the faults of each seed; `tests/clients/go/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { go } from "./clients.ts";
import { count, measured } from "./measure.ts";
import { REPLAYED } from "./seeds.ts";

test("the official Go SDK, as it comes, sends once and calls failed what was done", async (t) => {
  const { twice, misreported } = count(await measured(t, go(false)));
  assert.equal(twice, 0);
  if (!REPLAYED) assert(misreported > 0);
});

test("the official Go SDK, with its retries, sends again what was throttled, and nothing that was carried out", async (t) => {
  const { twice, again, misreported } = count(await measured(t, go(true)));
  assert.equal(again, 0);
  if (!REPLAYED) assert(twice > 0 && misreported > 0);
});
