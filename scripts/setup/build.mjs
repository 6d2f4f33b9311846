/** The modules and the package, built by xtask where something they are made of has changed. */

import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import path from "node:path";
import { step } from "./progress.mjs";
import { root, run } from "./run.mjs";
import { filesBelow, fingerprint, readStamp } from "./stamp.mjs";

const INPUTS = [
  "Cargo.toml",
  "Cargo.lock",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "tsconfig.base.json",
  ".cargo",
  "src",
  "glance",
  "sandbox",
  "schema",
  "xtask",
  "js",
  "scripts/package",
];
const STAMP = "build/.stamp";

/**
 * Builds by a route, if need be.
 * @param {import("./route.mjs").Route} route
 * @param {string} compiler its version: another one makes other files
 */
export async function ensureBuilt(route, compiler) {
  const wanted = fingerprint(inputs(), route, compiler);
  if (readStamp(path.join(root, STAMP)) === withOutputs(wanted)) return;
  // An interrupted build must not pass for a finished one.
  rmSync(path.join(root, STAMP), { force: true });
  const first = !existsSync(path.join(root, "target/debug/xtask"));
  const title = first
    ? "building (the first time with the tools for it: about three minutes)"
    : "building the modules and the package";
  await step(title, () =>
    run("cargo", ["run", "--quiet", "--package", "xtask", "--", "build", "--route", route]),
  );
  mkdirSync(path.join(root, "build"), { recursive: true });
  writeFileSync(path.join(root, STAMP), withOutputs(wanted));
}

function inputs() {
  return INPUTS.flatMap((name) => filesBelow(path.join(root, name))).filter(
    (file) => !file.startsWith(path.join(root, "js/built")) && !file.endsWith(".test.ts"),
  );
}

/**
 * Outputs are part of the stamp, since a build by hand may have replaced them.
 * @param {string} wanted
 */
function withOutputs(wanted) {
  const modules = filesBelow(path.join(root, "build")).filter((file) => file.endsWith(".wasm"));
  const outputs = [...modules, ...filesBelow(path.join(root, "dist/index.js"))];
  return [wanted, ...outputs.map((file) => statSync(file).mtimeMs)].join(" ");
}
