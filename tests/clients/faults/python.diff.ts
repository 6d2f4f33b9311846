/** The official Python SDK through the same faults; `tests/clients/python/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { python } from "./clients.ts";
import { isWrong, through } from "./faults.ts";

for (const retries of [false, true]) {
  const how = retries ? "with its retries" : "as it comes";
  test(`the official Python SDK, ${how}`, async (t) => {
    const rows = await through(t, `Python, ${how}`, python(retries));
    const sent = rows.map((row) => row.sent);
    assert.equal(Math.max(...sent) > 1, retries);
    assert(rows.some(isWrong));
  });
}
