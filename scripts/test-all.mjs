/** `npm run test:all`: what `npm test` runs and every further part; a part that cannot run is named, never green. */

import { step } from "./setup/progress.mjs";
import { attempt } from "./setup/run.mjs";
import { ensureComponents } from "./setup/rust.mjs";
import { command, Stop } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";
import { chosen, readArguments } from "./test/arguments.mjs";
import { countTests } from "./test/count.mjs";
import { PARTS } from "./test/parts.mjs";
import { runSteps, table, total } from "./test/runner.mjs";
import { STEPS } from "./test/steps.mjs";

/** @typedef {import("./test/runner.mjs").Row} Row */

await command(async () => {
  const { strict, only, list } = readArguments(
    {
      strict: { type: "boolean" },
      only: { type: "string", multiple: true },
      list: { type: "boolean" },
    },
    "npm run test:all -- [--strict] [--list] [--only <part>]...",
  );
  if (list) {
    for (const { name } of PARTS) console.log(name);
    return;
  }
  const parts = chosen(PARTS, only);
  const { route, chromium } = await setup({ browser: true });
  await ensureComponents();
  const env = chromium ? { CHROMIUM: chromium } : {};
  // Whoever asks for single parts has run `npm test` already.
  const { rows } = await runSteps(only ? [] : STEPS, { route, env });
  for (const part of parts) rows.push(await runPart({ ...part, env: { ...env, ...part.env } }));
  // The parts by route leave the artefacts of the last one; what was there before is put back.
  await setup({ browser: false });

  const missing = rows.filter(({ state }) => state.startsWith("not run"));
  const failed = rows.some(({ state }) => state === "FAILED");
  console.log(`\n${table(rows)}\n`);
  if (missing.length > 0) {
    console.log(
      `not run, so nothing is known about: ${missing.map(({ name }) => name).join(", ")}`,
    );
  }
  console.log(total(rows));
  if (failed || (strict && missing.length > 0)) process.exitCode = 1;
});

/**
 * @param {import("./test/parts.mjs").Part} part
 * @returns {Promise<Row>}
 */
async function runPart({ name, missing, command: [program = "", ...args], env = {} }) {
  const why = await missing();
  if (why) return { name, state: `not run: ${why.trim().replace(/\s*\n\s*/g, " ")}`, time: 0 };
  const start = Date.now();
  let output = "";
  const work = async () => {
    const result = await attempt(program, args, { env });
    output = result.output;
    if (result.code !== 0) throw new Stop(output.trimEnd());
    if (countTests(output).passed === 0) throw new Stop("no test ran: a part must not pass so");
  };
  let state = "passed";
  try {
    await step(name, work);
  } catch (error) {
    if (!(error instanceof Stop)) throw error;
    const line = [...Object.entries(env).map((pair) => pair.join("=")), program, ...args].join(" ");
    console.log(`\n${error.message}\n\nthis part alone:  ${line}\n`);
    state = "FAILED";
  }
  return { name, state, time: Date.now() - start, count: countTests(output) };
}
