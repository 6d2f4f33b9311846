/** Runs a row's suite in a page of a real Chromium. */

import path from "node:path";
import type { Browser } from "playwright-core";
import { launch } from "../../browser/chromium.ts";
import { type Place, start } from "../harness/command.ts";
import { NotRun } from "../harness/install.ts";
import { freePort, listening } from "../harness/ports.ts";
import type { Check, Page } from "../harness/project.ts";
import type { Listening } from "../servers/listen.ts";
import { openToPages } from "./front.ts";
import { serveSite } from "./site.ts";
import { visit } from "./visit.ts";

/** In milliseconds, for a development server. */
const START_LIMIT = 60_000;

/** Serves the row's page, opens it and runs what it set as `globalThis.run`. */
export async function runPage(page: Page, place: Place): Promise<Check[]> {
  const browser = await open();
  const front = await openToPages(place.servers.sandbox);
  const servers = { ...place.servers, sandbox: front.origin };
  try {
    const site = await serve(page, { ...place, servers });
    try {
      return await visit(browser, `${site.origin}${page.path}`, servers);
    } finally {
      site.close();
    }
  } finally {
    front.close();
    await browser.close();
  }
}

async function open(): Promise<Browser> {
  try {
    return await launch();
  } catch (cause) {
    throw new NotRun(`no Chromium: ${(cause as Error).message}`);
  }
}

async function serve({ from }: Page, place: Place): Promise<Listening> {
  if ("folder" in from) {
    const { sandbox, trouble } = place.servers;
    const policy = from.policy?.replace("{sandbox}", sandbox).replace("{trouble}", trouble);
    return serveSite(path.join(place.folder, from.folder), policy);
  }
  const port = await freePort();
  const running = start(from.command, { ...place, port });
  if (await listening(port, START_LIMIT)) {
    return { origin: `http://127.0.0.1:${port}`, close: running.stop };
  }
  running.stop();
  throw new Error(`it does not listen\n${running.output().trim()}`);
}
