/**
 * `npm start`: installs and builds what is missing, then tells the story of a refund; with `--live`, refunds at the real
 * service.
 */

import { endEarly } from "./live/arguments.mjs";
import { runTypeScript } from "./run-typescript.mjs";
import { showOn } from "./setup/progress.mjs";
import { command } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";

await command(async () => {
  const args = process.argv.slice(2);
  if (args.includes("--live")) return live(args);
  await setup({ browser: false });
  process.exitCode = await runTypeScript("scripts/story.ts", args);
});

/** @param {string[]} args */
async function live(args) {
  const status = endEarly(args);
  if (status !== undefined) {
    process.exitCode = status;
    return;
  }
  if (args.includes("--json")) showOn(process.stderr);
  await setup({ browser: false });
  // In this very process: its signals, its input and its exit status are the program's own.
  const { register } = await import("tsx/esm/api");
  register();
  await import("./live.ts");
}
