/** A page that is killed amid its calls: nothing that was answered is lost, and nothing is there by half. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { LedgerEntry, PooledOrder } from "../../sandbox/hosts/engine.ts";
import type { Acknowledged } from "./host/busy.ts";
import type { Hosted } from "./host/main.ts";

declare const host: Hosted["host"];

const ROUNDS = 20;

/** Registers the test; it opens a page, and further ones in its context. */
export function testKilling(open: () => Promise<Page>): void {
  test("what was answered before a page was closed or crashed is there afterwards", async (t) => {
    let page = await open();
    const context = page.context();
    const url = page.url();
    t.after(() => context.close());

    const acknowledged = new Map<string, Acknowledged>();
    const complaints: string[] = [];
    let left = 0;
    let enough = () => {};
    await context.exposeFunction("complain", (text: string) => complaints.push(text));
    await context.exposeFunction("acknowledge", (call: Acknowledged) => {
      acknowledged.set(call.requestId, call);
      left -= 1;
      if (left === 0) enough();
    });

    for (let round = 0; round < ROUNDS; round += 1) {
      left = 1 + ((round * 7919) % 23);
      const reached = new Promise<void>((resolve) => {
        enough = resolve;
      });
      await page.evaluate((seed) => host.busy(seed), round);
      await reached;
      if (round % 2 === 0) await page.close();
      else await crash(page);

      page = await context.newPage();
      await page.goto(url);
      const kept = await page.evaluate(async () => {
        const sandbox = await host.startSandbox({ keep: "indexeddb" });
        const found = [await sandbox.ledger({ attempts: true }), await sandbox.pool()] as const;
        await sandbox.close();
        return found;
      });
      assert.deepEqual(complaints, []);
      check(acknowledged, ...kept);
    }
    assert(acknowledged.size > 100, `${acknowledged.size}`);
  });
}

/** Kills the page's process. */
async function crash(page: Page): Promise<void> {
  const crashed = new Promise((resolve) => page.once("crash", resolve));
  const session = await page.context().newCDPSession(page);
  // It never answers: who would have is gone.
  session.send("Page.crash").catch(() => {});
  await crashed;
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
