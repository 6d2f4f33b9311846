/** What the console keeps: it survives the page, one tab at a time has it, and it goes when a person says so. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import { picture, type Site } from "./browser.ts";

const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name }).click();
const sees = (page: Page, text: string | RegExp) => page.getByText(text).first().waitFor();
const orders = (page: Page) => page.getByRole("row").locator("th code").allTextContents();
const states = (page: Page) => page.getByRole("row").locator("td:nth-of-type(1)").allTextContents();
const serviceId = (page: Page) =>
  page
    .getByRole("region", { name: "Refund", exact: true })
    .getByLabel("ServiceId", { exact: true })
    .inputValue();

/** What a person sees of the sandbox. */
const shown = async (page: Page) => ({
  service: await serviceId(page),
  orders: await orders(page),
  states: await states(page),
  pool: await page.getByRole("list", { name: "Pool" }).allTextContents(),
  ledger: await page.locator(".sandbox-ledger li").allTextContents(),
});

async function buy(page: Page): Promise<void> {
  await press(page, /^Buy/);
  await sees(page, "CreateStorageService was done");
}

/** Registers the tests of a site that is started when they run. */
export function testKeeping(site: () => Site): void {
  test("what was bought and refunded is there after a reload, and in a new tab", async (t) => {
    const { page, complaints } = await site().open();
    const context = page.context();
    t.after(() => context.close());
    await buy(page);
    await page.reload();
    await press(page, "Sign and send");
    await sees(page, "RefundStorageService was done");
    await sees(page, "Pool: 2 paid orders waiting");
    await sees(page, "Ledger: 7 lines");
    const before = await shown(page);
    assert.deepEqual(before.states, ["refunded", "refunded", "refunded"]);

    await page.reload();
    await sees(page, "Pool: 2 paid orders waiting");
    assert.deepEqual(await shown(page), before);
    await picture(page, "console-kept");
    await page.close();
    const next = await site().openIn(context);
    await sees(next.page, "Pool: 2 paid orders waiting");
    assert.deepEqual(await shown(next.page), before);
    await press(next.page, "Buy again");
    await sees(next.page, "Pool: 0 paid orders waiting");
    assert.deepEqual([...complaints, ...next.complaints], []);
  });

  test("a second tab is told, and goes on once the first is closed", async (t) => {
    const first = await site().open();
    const context = first.page.context();
    t.after(() => context.close());
    await buy(first.page);
    const second = await site().openIn(context);
    await sees(second.page, "The sandbox is open in another tab");
    await sees(second.page, "Use the other tab; or close it, and reload this one.");
    await picture(second.page, "console-second-tab");
    await press(first.page, "Sign and send");
    await sees(first.page, "RefundStorageService was done");
    await first.page.close();
    await press(second.page, "Reload");
    await sees(second.page, "Pool: 2 paid orders waiting");
    assert.deepEqual([...first.complaints, ...second.complaints], []);
  });

  test("everything is forgotten only when a person confirms it", async (t) => {
    const { page, complaints } = await site().open({ viewport: { width: 1280, height: 900 } });
    t.after(() => page.context().close());
    await buy(page);
    const before = await shown(page);
    await press(page, "Start again from nothing");
    await picture(page, "console-start-again");
    await press(page, "Keep everything");
    assert.deepEqual(await shown(page), before);
    await press(page, "Start again from nothing");
    await page.keyboard.press("Escape");
    assert.deepEqual(await shown(page), before);
    await press(page, "Start again from nothing");
    await press(page, "Forget everything");
    await sees(page, "Nothing has been sent yet.");
    await page.reload();
    await page.getByRole("button", { name: "Buy three orders" }).waitFor();
    assert.deepEqual(await shown(page), {
      service: "",
      orders: [],
      states: [],
      pool: [],
      ledger: [],
    });
    await buy(page);
    assert.deepEqual(await states(page), ["in use", "not started", "not started"]);
    assert.deepEqual(complaints, []);
  });

  test("where the browser keeps nothing, it works in memory and says so", async (t) => {
    const { page: elsewhere } = await site().open();
    const context = elsewhere.context();
    t.after(() => context.close());
    await elsewhere.close();
    await context.route(/worker-.*\.js$/, async (route) => {
      const response = await route.fetch();
      const script = `Object.defineProperty(self, "indexedDB", {});${await response.text()}`;
      await route.fulfill({ response, body: script });
    });
    const { page } = await site().openIn(context);
    await sees(page, "This sandbox is forgotten when the page is closed or reloaded");
    await picture(page, "console-not-kept");
    await buy(page);
    assert.deepEqual(await states(page), ["in use", "not started", "not started"]);
    await page.reload();
    await page.getByRole("button", { name: "Buy three orders" }).waitFor();
    assert.deepEqual(await orders(page), []);
  });

  test("where what happened can no longer be kept, the console stops and says so", async (t) => {
    const { page } = await site().open();
    t.after(() => page.context().close());
    await buy(page);
    const session = await page.context().newCDPSession(page);
    const origin = new URL(site().url).origin;
    await session.send("Storage.clearDataForOrigin", { origin, storageTypes: "indexeddb" });
    await press(page, "Sign and send");
    await sees(page, "The sandbox has stopped");
    await sees(page, "Reload the page to go on from what is kept.");
    await picture(page, "console-stopped");
  });
}
