/** The official Python SDK refunds through the faults of each seed; `tests/clients/python/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { python } from "./clients.ts";
import { count, measured } from "./measure.ts";
import { REPLAYED } from "./seeds.ts";

test("the official Python SDK, as it comes, sends once and calls failed what was done", async (t) => {
  const { twice, misreported } = count(await measured(t, python(false)));
  assert.equal(twice, 0);
  if (!REPLAYED) assert(misreported > 0);
});

test("the official Python SDK, with its retries, sends again what was carried out", async (t) => {
  const { again, misreported } = count(await measured(t, python(true)));
  if (!REPLAYED) assert(again > 0 && misreported > 0);
});
