/** The host's Rust: checked and extended by its own components, never installed from here. */

import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { step } from "./progress.mjs";
import { attempt, root } from "./run.mjs";
import { Stop } from "./stop.mjs";
import { atLeast } from "./version.mjs";

/** What the checks of style need beyond the compiler; rustup's minimal profile leaves them out. */
const COMPONENTS = [
  { name: "rustfmt", program: "cargo-fmt" },
  { name: "clippy", program: "cargo-clippy" },
];

/** Milliseconds that a download by rustup may take: where its server cannot be reached, it waits for long. */
export const RUSTUP_TIMEOUT = 60_000;

/**
 * Checks that cargo is there and new enough, and gives the compiler's version.
 * @returns {Promise<string>}
 */
export async function ensureRust() {
  preferRustup();
  const { code, stdout } = await attempt("rustc", ["--version"]);
  const cargo = await attempt("cargo", ["--version"]);
  if (code !== 0 || cargo.code !== 0) {
    throw new Stop(
      "Rust is needed (cargo was not found).\n" +
        "Get its stable toolchain as https://rustup.rs says, then run the same command again.",
    );
  }
  const minimum = minimumRust();
  if (!atLeast(stdout, minimum)) {
    throw new Stop(
      `Rust ${minimum} or newer is needed, and this is ${stdout.trim()}.\n` +
        "Run `rustup update stable`, then the same command again.",
    );
  }
  return stdout.trim();
}

/** The oldest compiler that the workspace accepts, from Cargo.toml. */
export function minimumRust() {
  const manifest = readFileSync(path.join(root, "Cargo.toml"), "utf8");
  return manifest.match(/^rust-version = "(.+)"$/m)?.[1] ?? "0";
}

/** Makes sure of rustfmt and clippy. */
export async function ensureComponents() {
  for (const { name, program } of COMPONENTS) {
    if ((await attempt(program, ["--version"])).code === 0) continue;
    const line = ["component", "add", name];
    const added = await step(`adding ${name} to the Rust toolchain`, () =>
      attempt("rustup", line, { timeout: RUSTUP_TIMEOUT }),
    );
    if (added.code !== 0) {
      throw new Stop(
        `${added.output.trim()}\n\n${name} is missing: run \`rustup ${line.join(" ")}\`.`,
      );
    }
  }
}

/** Puts rustup's folder first unless the path names it already: shells read it only after a new login. */
function preferRustup() {
  const folder = path.join(process.env.CARGO_HOME ?? path.join(homedir(), ".cargo"), "bin");
  const folders = (process.env.PATH ?? "").split(path.delimiter);
  if (!existsSync(path.join(folder, "cargo")) || folders.includes(folder)) return;
  process.env.PATH = [folder, ...folders].join(path.delimiter);
}
