/** Opens a row's page in Chromium and runs the suite that its starter put into `run`. */

import type { Browser } from "playwright-core";
import type { Check, Servers } from "../harness/project.ts";

/** Further options of the suite's clients in a page: the sandbox's key is no secret. */
const OPTIONS = { allowKeyInPage: true };

/** A worker that breaks answers nothing at all. */
const DEADLINE = 60_000;

/** What a page sets. */
interface Starter {
  run(servers: Servers, options: object): Promise<Check[]>;
}

/** Gives what the suite gave; where it cannot start, the error holds what the page complained of. */
export async function visit(browser: Browser, url: string, servers: Servers): Promise<Check[]> {
  // Service workers and caches live in a context, so each page has its own.
  const context = await browser.newContext();
  const complaints: string[] = [];
  try {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") complaints.push(message.text());
    });
    page.on("pageerror", (error) => complaints.push(String(error)));
    await page.goto(url);
    await page.waitForFunction(() => "run" in globalThis, undefined, { timeout: 20_000 });
    return await page.evaluate(
      ([servers, options, deadline]) => {
        const { run } = globalThis as unknown as Starter;
        const late = new Promise<never>((_, reject) => {
          setTimeout(() => reject(new Error(`nothing within ${deadline} ms`)), deadline);
        });
        return Promise.race([run(servers, options), late]);
      },
      [servers, OPTIONS, DEADLINE] as const,
    );
  } catch (cause) {
    throw new Error([String(cause), ...complaints].join("\n"), { cause });
  } finally {
    await context.close();
  }
}
