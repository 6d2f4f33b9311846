/** `npm run format`: puts every source into the one format that `npm test` asks for. */

import { ensureNode } from "./setup/node.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { step } from "./setup/progress.mjs";
import { run } from "./setup/run.mjs";
import { ensureComponents, ensureRust } from "./setup/rust.mjs";
import { command } from "./setup/stop.mjs";

await command(async () => {
  ensureNode();
  await ensureRust();
  await ensureComponents();
  await ensurePackages();
  await step("cargo fmt", () => run("cargo", ["fmt", "--all"]));
  await step("cargo fmt, fuzz", () => run("cargo", ["fmt", "--manifest-path", "fuzz/Cargo.toml"]));
  await step("biome", () =>
    run("node_modules/.bin/biome", ["check", "--write", "--colors=off", "."]),
  );
});
