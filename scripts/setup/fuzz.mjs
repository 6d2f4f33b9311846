/** cargo-fuzz, built once below `target/`. */

import { existsSync } from "node:fs";
import path from "node:path";
import { step } from "./progress.mjs";
import { attempt, root, run } from "./run.mjs";

const VERSION = "0.13.2";
const FOLDER = path.join(root, "target/tools");

/**
 * The path of cargo-fuzz, built where it is missing.
 * @returns {Promise<string>}
 */
export async function ensureFuzz() {
  const program = path.join(FOLDER, "bin/cargo-fuzz");
  if (existsSync(program)) {
    const { stdout } = await attempt(program, ["--version"]);
    if (stdout.includes(VERSION)) return program;
  }
  const line = ["install", "--quiet", "cargo-fuzz", "--version", VERSION, "--locked", "--force"];
  await step(`building cargo-fuzz ${VERSION} (half a minute)`, () =>
    run("cargo", [...line, "--root", FOLDER]),
  );
  return program;
}
