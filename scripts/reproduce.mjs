/** Two builds, the same bytes: the official build once more, in another folder and from nothing. */

import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { step } from "./setup/progress.mjs";
import { root, run } from "./setup/run.mjs";
import { filesBelow } from "./setup/stamp.mjs";
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
  const modules = filesBelow(path.join(root, "build")).filter((file) => file.endsWith(".wasm"));
  const scripts = filesBelow(path.join(root, "dist"));
  const differ = [...modules, ...scripts].filter((file) => {
    const again = path.join(folder, path.relative(root, file));
    return !existsSync(again) || !readFileSync(file).equals(readFileSync(again));
  });
  for (const file of differ) console.log(`DIFFERS ${path.relative(root, file)}`);
  for (const file of modules) {
    const digest = createHash("sha256").update(readFileSync(file)).digest("hex");
    console.log(`${digest} ${path.basename(file)}`);
  }
  console.log(`${modules.length} modules, ${scripts.length} files of dist/`);
  console.log(`${modules.length + scripts.length - differ.length} passed, ${differ.length} failed`);
  if (differ.length > 0) process.exitCode = 1;
}
