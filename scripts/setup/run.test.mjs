/** Tests of starting programs. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { attempt, run } from "./run.mjs";
import { Stop } from "./stop.mjs";

const node = (/** @type {string} */ source) => ["-e", source];

test("both outputs are kept, and stdout apart", async () => {
  const source = 'console.log("out"); console.error("err"); process.exit(3)';
  const result = await attempt(process.execPath, node(source));
  assert.equal(result.code, 3);
  assert.equal(result.stdout, "out\n");
  assert.match(result.output, /err/);
});

test("a program that does not exist is a result like any other", async () => {
  assert.equal((await attempt("tc3-edge-no-such-program")).code, 127);
});

test("a program that takes too long is ended, even if its own child holds the pipes", async () => {
  const start = Date.now();
  const result = await attempt("sh", ["-c", "sleep 5 & sleep 5"], { timeout: 200 });
  assert.notEqual(result.code, 0);
  assert.match(result.output, /ended after 0\.2 s/);
  assert.ok(Date.now() - start < 4000);
});

test("a failed command stops with its output and its line", async () => {
  await assert.rejects(
    run(process.execPath, node('console.log("why"); process.exit(1)')),
    (error) => {
      assert.ok(error instanceof Stop);
      assert.match(error.message, /why\n\nthis command failed \(exit status 1\)/);
      return true;
    },
  );
});
