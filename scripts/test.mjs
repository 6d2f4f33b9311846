/** `npm test`: every check of the project, from a fresh machine to one last line. */

import { ensureComponents } from "./setup/rust.mjs";
import { command } from "./setup/stop.mjs";
import { ensureValgrind } from "./setup/valgrind.mjs";
import { setup } from "./setup.mjs";
import { chosen, readArguments } from "./test/arguments.mjs";
import { runSteps, table, total } from "./test/runner.mjs";
import { STEPS } from "./test/steps.mjs";

await command(async () => {
  const { only, list } = readArguments(
    { only: { type: "string", multiple: true }, list: { type: "boolean" } },
    "npm test -- [--list] [--only <step>]...",
  );
  if (list) {
    for (const { name, what } of STEPS) console.log(`${name.padEnd(12)} ${what}`);
    return;
  }
  const steps = chosen(STEPS, only);
  const { route, chromium } = await setup({ browser: steps.some((step) => step.browser) });
  if (steps.some((step) => step.components)) await ensureComponents();
  const valgrind = steps.some((step) => step.valgrind) && (await ensureValgrind());
  const { rows, ok } = await runSteps(steps, {
    route,
    valgrind,
    env: chromium ? { CHROMIUM: chromium } : {},
  });
  console.log(`\n${table(rows)}\n\n${total(rows)}`);
  if (!ok) process.exitCode = 1;
});
