/** npm's packages, exactly as package-lock.json names them. */

import { existsSync, writeFileSync } from "node:fs";
import path from "node:path";
import { step } from "./progress.mjs";
import { root, run } from "./run.mjs";
import { fingerprint, readStamp } from "./stamp.mjs";

const STAMP = path.join(root, "node_modules/.tc3-edge-stamp");

/** Installs them where node_modules does not match the lock file. */
export async function ensurePackages() {
  // Some packages are programs for one platform, and a folder may be shared between two.
  const wanted = fingerprint(
    [path.join(root, "package-lock.json")],
    process.platform,
    process.arch,
  );
  if (readStamp(STAMP) === wanted) return;
  const title = existsSync(STAMP)
    ? "installing npm's packages, since package-lock.json has changed"
    : "installing npm's packages (once: a download of about 100 MB)";
  await step(title, () => run("npm", ["ci", "--no-fund", "--no-audit", "--loglevel=error"]));
  writeFileSync(STAMP, wanted);
}
