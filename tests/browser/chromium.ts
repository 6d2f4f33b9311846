/** A real Chromium that asks nothing by itself. */

import { type Browser, type BrowserContext, chromium } from "playwright-core";

const options = () => ({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: [
    ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
  ],
});

export function launch(): Promise<Browser> {
  return chromium.launch(options());
}

/** One that keeps what its pages keep in a folder. */
export function launchIn(folder: string): Promise<BrowserContext> {
  return chromium.launchPersistentContext(folder, options());
}
