/**
 * How many instructions the hot path takes: a count and no time, so that a slower way is found on any machine. What was counted
 * is the difference of two lengths of a loop, divided by its calls.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const counted = fileURLToPath(new URL("counted.mjs", import.meta.url));

/** Compiled at once, by one thread, in the same order each time. */
const REPEATABLE = [
  "--no-liftoff",
  "--no-wasm-lazy-compilation",
  "--single-threaded",
  "--predictable",
];
/** The shorter loop is long enough for all of it to be compiled. */
const LENGTHS = [10_000, 15_000] as const;

/** Of one call, in Node 20: what was counted (bench/NOTES.md), and a twentieth more. */
const CEILINGS = { sign: 37_700, verify: 42_500, call: 146_500 };

async function instructions(what: string, calls: number): Promise<number> {
  const valgrind = ["--tool=callgrind", "--callgrind-out-file=/dev/null", process.execPath];
  const args = [...valgrind, ...REPEATABLE, counted, what, `${calls}`];
  const { stderr } = await run("valgrind", args);
  const [, collected] = /Collected : (\d+)/.exec(stderr) ?? [];
  assert(collected, stderr);
  return Number(collected);
}

async function ofOne(what: string): Promise<number> {
  const [short, long] = LENGTHS;
  const [less = 0, more = 0] = await Promise.all(LENGTHS.map((calls) => instructions(what, calls)));
  return Math.round((more - less) / (long - short));
}

const isMeasured = process.versions.node.startsWith("20.");
const skip = isMeasured ? false : "the ceilings were measured with Node 20";

let signature = 0;
for (const [what, ceiling] of Object.entries(CEILINGS)) {
  test(`${what}: at most ${ceiling} instructions`, { skip }, async (t) => {
    const found = await ofOne(what);
    if (what === "sign") signature = found;
    t.diagnostic(`${what}: ${found} instructions`);
    const where = `valgrind --tool=callgrind node ${REPEATABLE.join(" ")} tests/counts/counted.mjs ${what} ${LENGTHS[1]}`;
    assert(found <= ceiling, `${found}; to see where: ${where}`);
  });
}

test("a signature costs the same after 2,000 other accounts, hosts and actions", {
  skip,
}, async (t) => {
  const found = await ofOne("crowd");
  t.diagnostic(`after them: ${found} instructions`);
  assert(Math.abs(found - signature) < signature / 10, `${found} instead of ${signature}`);
});
