/** A real Chromium on the built page, watched: whatever it complains of, and whatever it asks elsewhere, is kept. */

import assert from "node:assert/strict";
import { mkdir } from "node:fs/promises";
import type { TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import type { Browser, BrowserContext, BrowserContextOptions, Page } from "playwright-core";
import { build } from "vite";
import type { Served } from "../../www/serve.ts";
import { launch } from "./chromium.ts";
import { serveBuilt } from "./folder.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));

/** The built page, served under its headers, and a browser to open it with. */
export class Site {
  readonly #served: Served;
  readonly #browser: Browser;

  private constructor(served: Served, browser: Browser) {
    this.#served = served;
    this.#browser = browser;
  }

  static async start(): Promise<Site> {
    const configFile = `${top}/www/vite.config.ts`;
    const served = await serveBuilt((outDir) =>
      build({ configFile, logLevel: "warn", build: { outDir } }),
    );
    await mkdir(`${top}/test-results`, { recursive: true });
    return new Site(served, await launch());
  }

  get url(): string {
    return this.#served.url;
  }

  /** Opens the page in a context of its own and waits until the sandbox runs. */
  async open(options: BrowserContextOptions = {}): Promise<Visit> {
    const visit = await this.openIn(await this.#browser.newContext(options));
    await visit.page.getByRole("button", { name: "Buy three orders" }).waitFor();
    return visit;
  }

  /** The same for a test; when it ends nothing may have been complained of, nor asked elsewhere. */
  async visit(t: TestContext, options?: BrowserContextOptions): Promise<Page> {
    const { page, complaints, requests } = await this.open(options);
    t.after(async () => {
      await page.context().close();
      assert.deepEqual(complaints, []);
      assert.deepEqual(
        requests.filter((url) => !url.startsWith(this.url)),
        [],
      );
    });
    return page;
  }

  /** Opens the page in a context that may hold others, and what they kept. */
  async openIn(context: BrowserContext): Promise<Visit> {
    const page = await context.newPage();
    const visit: Visit = { page, complaints: [], requests: [] };
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) visit.complaints.push(message.text());
    });
    page.on("pageerror", (error) => visit.complaints.push(String(error)));
    page.on("request", (request) => visit.requests.push(request.url()));
    await page.exposeFunction("complain", (text: string) => visit.complaints.push(text));
    await page.addInitScript(() => {
      addEventListener("securitypolicyviolation", (event) => {
        const { complain } = window as unknown as { complain(text: string): void };
        complain(`policy: ${event.violatedDirective} ${event.blockedURI}`);
      });
    });
    await page.goto(this.#served.url);
    return visit;
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#served.close();
  }
}

/** A page that was opened. */
export interface Visit {
  page: Page;
  /** What the console, the page's errors and the policy said. */
  complaints: string[];
  /** The URL of each request that left the page. */
  requests: string[];
}

/** Keeps a picture of the whole page for people. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: `${top}/test-results/${name}.png`, fullPage: true });
}
