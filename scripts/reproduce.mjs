/** Two builds, the same bytes: the official build once more, in another folder and from nothing. */

import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { step } from "./setup/progress.mjs";
import { root, run } from "./setup/run.mjs";
import { command } from "./setup/stop.mjs";

await command(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "tc3-edge-again-"));
  try {
    await step("build", () => build(root));
    const listed = await run("git", ["ls-files", "--cached", "--others", "--exclude-standard"]);
    for (const file of listed.trim().split("\n")) {
      cpSync(path.join(root, file), path.join(folder, file), { recursive: true });
    }
    symlinkSync(path.join(root, "node_modules"), path.join(folder, "node_modules"));
    await step("build again in another folder", () => build(folder));
    compare(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

/** The compiled task, since compiling it again would take longer than the build. */
async function build(/** @type {string} */ cwd) {
  const task = path.join(root, "target/debug/xtask");
  await run(task, ["build", "--route", "debian"], { cwd });
}

function compare(/** @type {string} */ folder) {
  const hash = (/** @type {string} */ file) =>
    createHash("sha256").update(readFileSync(file)).digest("hex");
  let failed = 0;
  const modules = readdirSync(path.join(root, "build")).filter((file) => file.endsWith(".wasm"));
  for (const module of modules) {
    const [first, second] = [root, folder].map((top) => hash(path.join(top, "build", module)));
    if (first !== second) failed += 1;
    console.log(`${first === second ? "same  " : "DIFFER"} ${module} ${first}`);
  }
  console.log(`${modules.length - failed} passed, ${failed} failed`);
  if (failed > 0) process.exitCode = 1;
}
