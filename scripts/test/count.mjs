/** Reads from an output how many tests ran and how they ended: cargo's, Node's, and the last line of our own. */

/** @typedef {{ passed: number, failed: number, skipped: number }} Count */

const CARGO = /^test result: \w+\. (\d+) passed; (\d+) failed; (\d+) ignored/gm;
const NODE = /^(?:#|ℹ) (pass|fail|cancelled|skipped|todo) (\d+)$/gm;
const OWN = /^(\d+) passed, (\d+) failed$/gm;
const MEANING = /** @type {const} */ ({
  pass: "passed",
  fail: "failed",
  cancelled: "failed",
  skipped: "skipped",
  todo: "skipped",
});

/**
 * Adds up every result that an output holds.
 * @param {string} output
 * @returns {Count}
 */
export function countTests(output) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed, ignored] of output.matchAll(CARGO)) {
    count.passed += Number(passed);
    count.failed += Number(failed);
    count.skipped += Number(ignored);
  }
  for (const [, passed, failed] of output.matchAll(OWN)) {
    count.passed += Number(passed);
    count.failed += Number(failed);
  }
  for (const [, name, number] of output.matchAll(NODE)) {
    count[MEANING[/** @type {keyof typeof MEANING} */ (name)]] += Number(number);
  }
  return count;
}
