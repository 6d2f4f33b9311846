/** What other tools say of the tarball: publint of its package.json, are-the-types-wrong of its declarations. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const top = fileURLToPath(new URL("../../", import.meta.url));
const bin = `${top}node_modules/.bin/`;
let folder = "";
let tarball = "";

before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-lint-"));
  const pack = ["pack", "--json", "--silent", "--pack-destination", folder];
  const [packed] = JSON.parse((await run("npm", pack, { cwd: top })).stdout);
  tarball = path.join(folder, packed.filename);
});
after(() => rm(folder, { recursive: true }));

test("publint finds nothing", async () => {
  const { stdout } = await run(`${bin}publint`, ["run", tarball, "--strict"], { cwd: top });
  assert.match(stdout, /All good!/);
});

test("the types are right for importers of ES modules", async () => {
  const { stdout } = await run(`${bin}attw`, [
    tarball,
    "--profile",
    "esm-only",
    "--format",
    "json",
  ]);
  const { analysis } = JSON.parse(stdout);
  const entries = Object.entries<{ resolutions: Record<string, { resolution?: unknown }> }>(
    analysis.entrypoints,
  );
  assert(entries.length > 15, `${entries.length}`);
  for (const [name, { resolutions }] of entries) {
    if (name.includes("*")) continue;
    for (const way of ["node16-esm", "bundler"])
      assert(resolutions[way]?.resolution, `${name} by ${way}`);
  }
});
