/** Tests of counting, on what cargo and Node write. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { countTests } from "./count.mjs";

test("cargo's results are added up over its test binaries", () => {
  const output = [
    "test result: ok. 12 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.1s",
    "test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.1s",
  ].join("\n");
  assert.deepEqual(countTests(output), { passed: 15, failed: 2, skipped: 1 });
});

for (const mark of ["#", "ℹ"]) {
  test(`Node's results are read with the mark ${mark}`, () => {
    const names = ["tests 9", "suites 1", "pass 5", "fail 1", "cancelled 1", "skipped 1", "todo 1"];
    const output = names.map((line) => `${mark} ${line}`).join("\n");
    assert.deepEqual(countTests(output), { passed: 5, failed: 2, skipped: 2 });
  });
}

test("the last line of npm test is read, its table is not", () => {
  const output = "node  20.9 s  passed  (61 passed)\n\n61 passed, 2 failed\n";
  assert.deepEqual(countTests(output), { passed: 61, failed: 2, skipped: 0 });
});

test("other lines count nothing", () => {
  assert.deepEqual(countTests("pass 5\n  # pass 5\n"), { passed: 0, failed: 0, skipped: 0 });
});
