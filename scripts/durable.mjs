/** Tests of a sandbox on a file, with a Node that has SQLite: the machine's own may be older. */

import { existsSync } from "node:fs";
import path from "node:path";
import { root, run } from "./setup/run.mjs";
import { command } from "./setup/stop.mjs";
import { testFiles } from "./test/files.mjs";

const FOLDER = path.join(root, "tests/durable/node");
const NODE = path.join(FOLDER, "node_modules/.bin/node");

await command(async () => {
  if (!existsSync(NODE)) {
    await run("npm", ["ci", "--prefix", FOLDER, "--no-fund", "--no-audit", "--loglevel=error"]);
  }
  const files = testFiles(["tests/durable/**/*.test.ts"]);
  const args = ["--import", "tsx", "--test", "--test-reporter=spec", ...files];
  console.log(await run(NODE, args));
});
