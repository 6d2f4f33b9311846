/** Tests of finding test files. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { testFiles } from "./files.mjs";

test("a pattern finds files at every depth, relative to the top folder", () => {
  const files = testFiles(["scripts/**/*.test.mjs"]);
  assert.ok(files.includes("scripts/test/files.test.mjs"));
  assert.ok(!files.includes("scripts/test/files.mjs"));
});

test("a pattern without a file is an error", () => {
  assert.throws(() => testFiles(["scripts/**/*.none"]), /no file matches scripts\/\*\*\/\*\.none/);
});
