/** Makes a fresh machine ready: checks Node and Rust, fetches what is missing, builds what has changed. */

import { ensureBrowser } from "./setup/browser.mjs";
import { ensureBuilt } from "./setup/build.mjs";
import { ensureNode } from "./setup/node.mjs";
import { ensurePackages } from "./setup/packages.mjs";
import { say, seconds } from "./setup/progress.mjs";
import { ensureRoute } from "./setup/route.mjs";
import { ensureRust } from "./setup/rust.mjs";

/**
 * Does what is missing and nothing else; throws `Stop` where a person has to act.
 * @param {{ browser: boolean }} needs whether a Chromium is needed too
 * @returns {Promise<{ route: import("./setup/route.mjs").Route, chromium: string | undefined }>}
 */
export async function setup({ browser }) {
  const start = Date.now();
  ensureNode();
  const compiler = await ensureRust();
  const route = await ensureRoute();
  const chromium = browser ? await ensureBrowser() : undefined;
  await ensurePackages();
  await ensureBuilt(route, compiler);
  say(`ready in ${seconds(Date.now() - start)}`);
  return { route, chromium };
}
