/** `npm run reference`: makes docs/api from the declarations in dist/; with `--check` it only says whether it is current. */

import { readdirSync, readFileSync, rmSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { makePages } from "./reference/pages.mjs";
import { root } from "./setup/run.mjs";
import { command, Stop } from "./setup/stop.mjs";
import { readArguments } from "./test/arguments.mjs";

const FOLDER = path.join(root, "docs/api");

await command(async () => {
  const { check } = readArguments({ check: { type: "boolean" } }, "npm run reference [-- --check]");
  const { pages, undocumented } = await makePages();
  if (undocumented.length > 0)
    throw new Stop(`say in a comment what these are:\n${undocumented.join("\n")}`);
  if (check) return compare(pages);
  rmSync(FOLDER, { recursive: true, force: true });
  await mkdir(FOLDER, { recursive: true });
  for (const [name, text] of pages) await writeFile(path.join(FOLDER, name), text);
  console.log(`docs/api/: ${pages.size} pages`);
});

/**
 * Stops where the folder holds anything else.
 * @param {Map<string, string>} pages
 */
function compare(pages) {
  const there = readdirSync(FOLDER);
  const names = new Set([...pages.keys(), ...there]);
  const stale = [...names].filter(
    (name) =>
      !there.includes(name) || readFileSync(path.join(FOLDER, name), "utf8") !== pages.get(name),
  );
  if (stale.length > 0)
    throw new Stop(`run \`npm run reference\`; not current in docs/api/: ${stale.join(", ")}`);
}
