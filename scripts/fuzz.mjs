/** `npm run fuzz`: everything that reads what others wrote, fed with bytes that look for new paths. */

import { mkdirSync, readdirSync } from "node:fs";
import path from "node:path";
import { ensureFuzz } from "./setup/fuzz.mjs";
import { step } from "./setup/progress.mjs";
import { attempt, root } from "./setup/run.mjs";
import { ensureRust } from "./setup/rust.mjs";
import { command, Stop } from "./setup/stop.mjs";
import { readArguments } from "./test/arguments.mjs";

const TARGET_DIR = path.join(root, "target/fuzz");

await command(async () => {
  const { seconds, target } = readArguments(
    { seconds: { type: "string", default: "60" }, target: { type: "string" } },
    "npm run fuzz -- [--seconds N, for each target] [--target NAME]",
  );
  if (!/^[1-9]\d{0,6}$/.test(seconds))
    throw new Stop(`--seconds is ${seconds}: give whole seconds`);
  const all = readdirSync(path.join(root, "fuzz/targets")).map((file) => file.replace(".rs", ""));
  if (target !== undefined && !all.includes(target)) {
    throw new Stop(`there is no target ${target}; there are ${all.join(", ")}`);
  }
  await ensureRust();
  const program = await ensureFuzz();
  const targets = target === undefined ? all : [target];
  await step("building the fuzz targets", () => build(program));
  let executions = 0;
  let failed = 0;
  for (const one of targets) {
    const work = async () => {
      const { code, output } = await fuzz(program, one, seconds);
      const runs = Number(/^Done (\d+) runs/m.exec(output)?.[1] ?? 0);
      executions += runs;
      if (code !== 0 || runs === 0) throw new Stop(output.trimEnd());
      return runs;
    };
    try {
      await step(`fuzzing ${one} for ${seconds} s`, work, (runs) => `${runs} executions`);
    } catch (error) {
      if (!(error instanceof Stop)) throw error;
      failed += 1;
      console.log(`\n${error.message}\n\nMake a test of the input that is named above.\n`);
    }
  }
  console.log(`\n${executions} executions\n${targets.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
});

/** @param {string} program */
async function build(program) {
  const line = ["build", "--sanitizer", "none", "--target-dir", TARGET_DIR];
  const { code, output } = await attempt(program, line);
  if (code !== 0) throw new Stop(output.trimEnd());
}

/**
 * What is found grows a corpus below `target/`; the seeds stay as they are.
 * @param {string} program
 * @param {string} target
 * @param {string} seconds
 */
function fuzz(program, target, seconds) {
  const corpus = path.join(TARGET_DIR, "corpus", target);
  mkdirSync(corpus, { recursive: true });
  const options = ["--", `-max_total_time=${seconds}`, "-timeout=10", "-verbosity=1"];
  const line = ["run", "--sanitizer", "none", "--target-dir", TARGET_DIR, target, corpus];
  return attempt(program, [...line, path.join(root, "fuzz/seeds", target), ...options]);
}
