/** The sandbox's host for pages in a real Chromium: its `fetch`, its store, and what is left of it when it is killed. */

import { after, before } from "node:test";
import type { Browser } from "playwright-core";
import type { Served } from "../../www/serve.ts";
import { launch } from "./chromium.ts";
import { serveHost } from "./hosted.ts";
import { testKilling } from "./killing.ts";
import { testPageFetch } from "./page-fetch.ts";
import { testStore } from "./store.ts";

let served: Served;
let browser: Browser;
before(async () => {
  served = await serveHost();
  browser = await launch();
});
after(async () => {
  await browser?.close();
  await served?.close();
});

/** A page of its own context, with the host in it. */
async function open() {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(served.url);
  return page;
}

testPageFetch(open);
testStore(open);
testKilling(open);
