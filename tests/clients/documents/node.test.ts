/** The example for the official Node SDK. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { example, printed, written } from "./examples.ts";

test("the official Node SDK, as the sandbox's document shows it", async (t) => {
  const shown = await example(t, "js");
  assert.equal(await printed(shown, process.execPath, [written(shown, "example.mjs")]), "2 orders");
});
