/** Tests of running steps and of the last line. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { runSteps, table, total } from "./runner.mjs";

const machine = { route: "debian", env: { ANSWER: "42" } };
const print = (/** @type {string} */ source) => [process.execPath, "-e", `console.log(${source})`];
const pass = (/** @type {string} */ name) => ({ name, what: "", commands: () => [print('"ok"')] });

test("steps after the first failure are not run, and none of them is green", async () => {
  const failing = {
    name: "two",
    what: "",
    commands: () => [[process.execPath, "-e", "process.exit(1)"]],
  };
  const { rows, ok } = await runSteps([pass("one"), failing, pass("three")], machine);
  assert.equal(ok, false);
  assert.deepEqual(
    rows.map(({ state }) => state),
    ["passed", "FAILED", "not run: an earlier step failed"],
  );
  assert.equal(total(rows), "0 passed, 1 failed");
});

test("tests are counted, with the environment that the machine gives", async () => {
  const counting = {
    name: "count",
    what: "",
    tests: true,
    commands: () => [print('"# pass " + process.env.ANSWER')],
  };
  const { rows, ok } = await runSteps([counting, pass("other")], machine);
  assert.equal(ok, true);
  assert.equal(total(rows), "42 passed, 0 failed");
  assert.match(table(rows), /^count +\S+ s +passed +\(42 passed\)$/m);
});

test("a step for tests in which none ran fails", async () => {
  const { ok } = await runSteps([{ ...pass("empty"), tests: true }], machine);
  assert.equal(ok, false);
});

test("a step for another route is not run", async () => {
  const { rows, ok } = await runSteps([{ ...pass("rustup"), route: "rustup" }], machine);
  assert.equal(ok, true);
  assert.equal(rows[0]?.state, "not run: only by the route rustup");
});

test("a step for a program that is missing is not run", async () => {
  const step = { ...pass("counts"), valgrind: true };
  const { rows, ok } = await runSteps([step], machine);
  assert.equal(ok, true);
  assert.equal(rows[0]?.state, "not run: valgrind is missing");
  const there = await runSteps([step], { ...machine, valgrind: true });
  assert.equal(there.rows[0]?.state, "passed");
});
