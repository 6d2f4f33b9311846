/** Runs steps up to the first that fails, and reports them. */

import { seconds, step } from "../setup/progress.mjs";
import { attempt } from "../setup/run.mjs";
import { Stop } from "../setup/stop.mjs";
import { countTests } from "./count.mjs";

/**
 * @typedef {import("./count.mjs").Count} Count
 * @typedef {import("./steps.mjs").Step} Step
 * @typedef {{ name: string, state: string, time: number, count?: Count }} Row
 * @typedef {{ rows: Row[], ok: boolean }} Report
 */

/**
 * Runs steps in order.
 * @param {Step[]} steps
 * @param {{ route: string, valgrind?: boolean, env: Record<string, string> }} machine
 * @returns {Promise<Report>}
 */
export async function runSteps(steps, machine) {
  /** @type {Row[]} */
  const rows = [];
  let ok = true;
  for (const one of steps) {
    const why = ok ? missing(one, machine) : "an earlier step failed";
    if (why) {
      rows.push({ name: one.name, state: `not run: ${why}`, time: 0 });
      continue;
    }
    const start = Date.now();
    const row = await runStep(one, machine.env);
    ok = row.state === "passed";
    rows.push({ ...row, time: Date.now() - start });
  }
  return { rows, ok };
}

/**
 * Why a step cannot run on a machine; empty where it can.
 * @param {Step} one
 * @param {{ route: string, valgrind?: boolean }} machine
 */
function missing(one, { route, valgrind }) {
  if (one.route && one.route !== route) return `only by the route ${one.route}`;
  return one.valgrind && !valgrind ? "valgrind is missing" : "";
}

/**
 * @param {Step} one
 * @param {Record<string, string>} env
 * @returns {Promise<Row>}
 */
async function runStep(one, env) {
  const count = { passed: 0, failed: 0, skipped: 0 };
  const work = async () => {
    for (const [program = "", ...args] of one.commands()) {
      const { code, output } = await attempt(program, args, { env });
      const more = countTests(output);
      count.passed += more.passed;
      count.failed += more.failed;
      count.skipped += more.skipped;
      if (code !== 0) throw new Stop(output.trimEnd());
    }
    if (one.tests && count.passed === 0)
      throw new Stop("no test ran: a step without tests must not pass");
  };
  const counted = one.tests ? { count } : {};
  try {
    await step(`${one.name}: ${one.what}`, work, () => (one.tests ? describe(count) : ""));
    return { name: one.name, state: "passed", time: 0, ...counted };
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    console.log(`\n${error.message}\n\nthis step alone:  npm test -- --only ${one.name}\n`);
    return { name: one.name, state: "FAILED", time: 0, ...counted };
  }
}

/** @param {Count} count */
function describe({ passed, failed, skipped }) {
  const parts = [`${passed} passed`, failed && `${failed} failed`, skipped && `${skipped} skipped`];
  return parts.filter(Boolean).join(", ");
}

/**
 * The table of steps.
 * @param {Row[]} rows
 */
export function table(rows) {
  const width = Math.max(...rows.map((row) => row.name.length));
  return rows
    .map(({ name, state, time, count }) => {
      const duration = time > 0 ? seconds(time) : "";
      return [name.padEnd(width), duration.padStart(8), state, count ? `(${describe(count)})` : ""]
        .join("  ")
        .trimEnd();
    })
    .join("\n");
}

/**
 * The last line: real tests added up. A failed step without a failed test counts as one failure, so that the line
 * is never green after a failure.
 * @param {Row[]} rows
 */
export function total(rows) {
  let passed = 0;
  let failed = 0;
  for (const { state, count } of rows) {
    passed += count?.passed ?? 0;
    failed += state === "FAILED" ? Math.max(1, count?.failed ?? 0) : 0;
  }
  return `${passed} passed, ${failed} failed`;
}
