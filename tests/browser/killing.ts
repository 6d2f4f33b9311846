/** A page, or the whole browser, that is killed amid its calls: nothing that was answered is lost, and nothing is there by half. */

import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import type { BrowserContext, Page } from "playwright-core";
import type { LedgerEntry, PooledOrder } from "../../sandbox/hosts/engine.ts";
import { launchIn } from "./chromium.ts";
import type { Acknowledged } from "./host/busy.ts";
import type { Hosted } from "./host/main.ts";

declare const host: Hosted["host"];

/** How many times as often as in `npm test` pages and browsers are killed. */
export const LENGTH = Number(process.env.TC3_EDGE_LENGTH ?? 1);

/** Registers the tests; each opens pages in a context of its own. */
export function testKilling(open: () => Promise<Page>): void {
  test("what was answered before a page was closed or crashed is there afterwards", async (t) => {
    const first = await open();
    const context = first.context();
    t.after(() => context.close());
    const calls = new Calls();
    await calls.hear(context);
    for (let round = 0, page = first; round < 6 * LENGTH; round += 1) {
      await calls.make(page, round);
      if (round % 2 === 0) await page.close();
      else await crash(page);
      page = await context.newPage();
      await page.goto(first.url());
      await calls.check(page);
    }
    assert(calls.acknowledged.size > 30 * LENGTH, `${calls.acknowledged.size}`);
  });

  test("what was answered before the browser was killed is there afterwards", async (t) => {
    const first = await open();
    const url = first.url();
    await first.context().close();
    const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-"));
    let context = await launchIn(folder);
    t.after(async () => {
      await context.close();
      await rm(folder, { recursive: true, force: true });
    });
    const calls = new Calls();
    for (let round = 0; round < 2 * LENGTH; round += 1) {
      await calls.hear(context);
      const page = await context.newPage();
      await page.goto(url);
      await calls.make(page, round);
      await kill(context);
      context = await launchIn(folder);
      const next = await context.newPage();
      await next.goto(url);
      await calls.check(next);
      await next.close();
    }
  });
}

/** What was answered so far, and must be there ever after. */
class Calls {
  readonly acknowledged = new Map<string, Acknowledged>();
  readonly #complaints: string[] = [];
  #left = 0;
  #enough = () => {};

  async hear(context: BrowserContext): Promise<void> {
    await context.exposeFunction("complain", (text: string) => this.#complaints.push(text));
    await context.exposeFunction("acknowledge", (call: Acknowledged) => {
      this.acknowledged.set(call.requestId, call);
      this.#left -= 1;
      if (this.#left === 0) this.#enough();
    });
  }

  /** Has calls made in a page, and ends as soon as some were answered; more are under way then. */
  async make(page: Page, seed: number): Promise<void> {
    this.#left = 1 + ((seed * 7919) % 23);
    const enough = new Promise<void>((resolve) => {
      this.#enough = resolve;
    });
    await page.evaluate((seed) => host.busy(seed), seed);
    await enough;
  }

  /** Holds what a page finds against what was answered. */
  async check(page: Page): Promise<void> {
    const [ledger, pool] = await page.evaluate(async () => {
      const sandbox = await host.startSandbox({ keep: "indexeddb" });
      const found = [await sandbox.ledger({ attempts: true }), await sandbox.pool()] as const;
      await sandbox.close();
      return found;
    });
    assert.deepEqual(this.#complaints, []);
    check(this.acknowledged, ledger, pool);
  }
}

/** Kills the page's process. */
export async function crash(page: Page): Promise<void> {
  const crashed = new Promise((resolve) => page.once("crash", resolve));
  const session = await page.context().newCDPSession(page);
  // It never answers: who would have is gone.
  session.send("Page.crash").catch(() => {});
  await crashed;
}

/** Kills the browser's own process, which the others do not outlive. */
export async function kill(context: BrowserContext): Promise<void> {
  const closed = new Promise((resolve) => context.once("close", resolve));
  const session = await context.browser()?.newBrowserCDPSession();
  const { processInfo } = (await session?.send("SystemInfo.getProcessInfo")) ?? { processInfo: [] };
  const pid = processInfo.find(({ type }) => type === "browser")?.id;
  assert(pid !== undefined);
  process.kill(pid, "SIGKILL");
  await closed;
}

function check(
  acknowledged: Map<string, Acknowledged>,
  ledger: LedgerEntry[],
  pool: PooledOrder[],
): void {
  const calls = new Map<string, LedgerEntry[]>();
  for (const entry of ledger) {
    calls.set(entry.requestId, [...(calls.get(entry.requestId) ?? []), entry]);
  }
  const count = (lines: LedgerEntry[], ...whats: string[]) =>
    lines.filter(({ what }) => whats.includes(what)).length;
  for (const [requestId, { orders }] of acknowledged) {
    const lines = calls.get(requestId) ?? [];
    assert.equal(lines.at(-1)?.outcome, "ok", `${requestId} was answered, and is lost`);
    if (orders !== undefined) assert.equal(count(lines, "bought", "takenFromPool"), orders);
  }
  for (const lines of calls.values()) assert.equal(lines.at(-1)?.what, "attempted");
  assert.equal(pool.length, count(ledger, "returnedToPool") - count(ledger, "takenFromPool"));
}
