/** The official Go SDK through the same faults; `tests/clients/go/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { go } from "./clients.ts";
import { isWrong, through } from "./faults.ts";

for (const retries of [false, true]) {
  const how = retries ? "with its retries" : "as it comes";
  test(`the official Go SDK, ${how}`, async (t) => {
    const rows = await through(t, `Go, ${how}`, go(retries));
    const sent = rows.map((row) => row.sent);
    assert.equal(Math.max(...sent) > 1, retries);
    assert(rows.some(isWrong));
  });
}
