/** Runs one of the project's own TypeScript programs, attached to this terminal. */

import { spawn } from "node:child_process";
import { root } from "./setup/run.mjs";

/**
 * Gives its exit status; a signal that ends it counts as a right end, since that is how servers are stopped.
 * @param {string} file from the top of the repository
 * @param {string[]} args
 * @returns {Promise<number>}
 */
export function runTypeScript(file, args) {
  const child = spawn(process.execPath, ["--import", "tsx", file, ...args], {
    cwd: root,
    stdio: "inherit",
  });
  // Ctrl+C reaches both: the child ends first, then this process.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill());
  return new Promise((resolve, reject) => {
    child.once("error", reject);
    child.once("exit", (code, signal) => {
      resolve(signal === "SIGINT" || signal === "SIGTERM" ? 0 : (code ?? 1));
    });
  });
}
