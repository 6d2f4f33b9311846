/** The console's refund desk in a real Chromium: from the plan to the result, with a clock that is moved and answers that are lost. */

import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { picture, Site } from "./browser.ts";

const DAY = 24;
const PHONE = { width: 360, height: 740 };

let site: Site;
before(async () => {
  site = await Site.start();
});
after(() => site?.close());

const open = (t: TestContext, options?: BrowserContextOptions) => site.visit(t, options);

const desk = (page: Page) => page.getByRole("region", { name: "Refund desk" });
const sees = (page: Page, text: string | RegExp) => desk(page).getByText(text).waitFor();
const press = (page: Page, name: string) =>
  desk(page).getByRole("button", { name, exact: true }).click();
const confirmation = (page: Page) => desk(page).getByLabel("Type the ServiceId to confirm");
const serviceId = (page: Page) => desk(page).getByLabel("ServiceId", { exact: true }).inputValue();
const results = (page: Page) =>
  desk(page).getByRole("list", { name: "Result" }).getByRole("listitem");
const slider = (page: Page) => desk(page).getByRole("slider", { name: "The sandbox’s clock" });

/** What the time line says of each order. */
const orders = (page: Page) => desk(page).locator(".time-line-row small").allTextContents();

async function states(page: Page): Promise<(string | undefined)[]> {
  return (await orders(page)).map((text) => text.split(",", 1)[0]);
}

async function buy(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Buy/ }).click();
  await desk(page).getByLabel(/^1003/).waitFor();
}

const held = (page: Page) => page.waitForFunction(() => "release" in window);

/** Lets go what the page holds. */
async function release(page: Page): Promise<void> {
  await page.evaluate(() => (window as unknown as { release(): void }).release());
}

/** Plans a refund of one order, or of the whole service, and confirms it. */
async function refund(page: Page, what: string | RegExp, fault = "Answered"): Promise<void> {
  await desk(page).getByLabel(what).check();
  await press(page, "Plan a refund");
  await confirm(page, fault);
}

async function confirm(page: Page, fault = "Answered"): Promise<void> {
  await desk(page).getByLabel(fault, { exact: true }).check();
  await confirmation(page).fill(await serviceId(page));
  await press(page, "Refund");
}

async function result(page: Page): Promise<string[]> {
  await sees(page, "The result");
  return results(page).allTextContents();
}

test("a refund of one order is planned, drawn, confirmed by its ServiceId, and done", async (t) => {
  const page = await open(t, { viewport: { width: 1280, height: 900 } });
  await sees(page, "Buy three orders to see them on a time line here.");
  await buy(page);
  assert.deepEqual(await states(page), ["in use", "not started", "not started"]);
  await desk(page).getByLabel(/^1003/).check();
  await press(page, "Plan a refund");
  await desk(page)
    .getByRole("img", { name: /^Refund order 1003 of service/ })
    .waitFor();
  await desk(page)
    .getByRole("figure", { name: "In words" })
    .getByText("1 order returns to the pool of paid orders")
    .waitFor();
  await picture(page, "desk-planned");

  const button = desk(page).getByRole("button", { name: "Refund", exact: true });
  assert(await button.isDisabled());
  const id = await serviceId(page);
  await confirmation(page).fill(id.slice(1));
  assert(await button.isDisabled());
  await confirmation(page).press("Enter");
  await confirmation(page).fill(id);
  await button.click();
  assert.deepEqual(await result(page), ["1003doneIt is refunded, planned to return to the pool."]);
  await sees(page, "The order is refunded");
  await sees(page, "Pool: 1 paid order waiting");
  assert.deepEqual(await states(page), ["in use", "not started", "refunded"]);
  assert.equal(await desk(page).getByRole("radio").count(), 3);
  await picture(page, "desk-done");
});

test("the clock makes orders start and expire, and the form signs by it", async (t) => {
  const page = await open(t, { viewport: { width: 1280, height: 900 } });
  await buy(page);
  await page.getByLabel("Fixed").check();
  await slider(page).fill(String(31 * DAY));
  await desk(page).getByText("expired").waitFor();
  assert.deepEqual(await states(page), ["expired", "in use", "not started"]);
  await page.getByText("31 days behind the sandbox’s clock").waitFor();
  assert.equal(await slider(page).inputValue(), "0");
  await picture(page, "desk-clock");

  await page.reload();
  await desk(page).getByText("expired").waitFor();
  await page.getByRole("button", { name: "Sign and send" }).click();
  await page.getByText("RefundStorageService was done").waitFor();
  await sees(page, "Pool: 1 paid order waiting");
  assert.deepEqual(await states(page), ["expired", "refunded", "refunded"]);
  await press(page, "Plan a refund");
  await sees(page, "Nothing was sent");
});

test("a plan that the clock has overtaken is not carried out", async (t) => {
  const page = await open(t);
  await buy(page);
  await desk(page).getByLabel(/^1002/).check();
  await press(page, "Plan a refund");
  await confirmation(page).waitFor();
  await slider(page).fill(String(31 * DAY));
  await desk(page).getByText("expired").waitFor();
  await confirm(page);
  await sees(page, "Nothing was sent");
  await sees(page, /^the plan does not hold any more/);
  assert.deepEqual(await states(page), ["expired", "in use", "not started"]);
});

test("a plan that comes when another order is chosen is not shown", async (t) => {
  const page = await open(t);
  await buy(page);
  await desk(page).getByLabel(/^1003/).check();
  await page.evaluate(() => {
    const { postMessage } = MessagePort.prototype;
    MessagePort.prototype.postMessage = function (...message: unknown[]) {
      MessagePort.prototype.postMessage = postMessage;
      Object.assign(window, {
        release: postMessage.bind(this, ...(message as Parameters<typeof postMessage>)),
      });
    };
  });
  await press(page, "Plan a refund");
  await desk(page).getByLabel(/^1002/).check();
  await held(page);
  await release(page);
  // Told after the plan.
  await slider(page).fill(String(31 * DAY));
  await desk(page).getByText("expired").waitFor();
  assert.equal(await desk(page).getByRole("figure", { name: "In words" }).count(), 0);
  await refund(page, /^1002/);
  assert.match((await result(page)).join(), /^1002done/);
});

test("a lost answer is read back, and told as done and as lost", async (t) => {
  const page = await open(t);
  await buy(page);
  await refund(page, /^The whole service/, "Carried out, answer lost");
  const told = await result(page);
  assert.deepEqual(told, [
    "1001doneanswer lostRead back: it was carried out, planned to become void.",
    "1002doneIt is refunded, planned to return to the pool.",
    "1003doneIt is refunded, planned to return to the pool.",
  ]);
  await sees(page, "All 3 orders are refunded");
  await sees(page, "Pool: 2 paid orders waiting");
  await picture(page, "desk-lost");
});

test("a request that never arrives is waited for, and once its time is over the order is not refunded", async (t) => {
  const page = await open(t, { viewport: { width: 1280, height: 900 } });
  await buy(page);
  await refund(page, /^1002/, "Never arrives");
  await sees(page, "A request without an answer may still be carried out");
  await sees(page, "No answer for 1002: reading the service back.");
  assert(await desk(page).getByLabel(/^1003/).isDisabled());
  await picture(page, "desk-waiting");
  await press(page, "Move the clock past it");
  assert.deepEqual(await result(page), [
    "1002not doneanswer lostRead back when its request was too late: it is not refunded, and will not be by that request.",
  ]);
  await sees(page, "Not every order is refunded");
  await picture(page, "desk-not-done");
  assert.deepEqual(await states(page), ["in use", "not started", "not started"]);
});

test("what was not done is sent again only when a person says so", async (t) => {
  const page = await open(t);
  await buy(page);
  await refund(page, /^1002/, "Never arrives");
  await press(page, "Move the clock past it");
  await press(page, "Plan another one");
  await refund(page, /^1002/);
  assert.deepEqual(await result(page), [
    "1002not doneIt is not refunded. The journal knows 1 request for it, and none was sent now.",
  ]);
  await press(page, "Try once more");
  await sees(page, "One more request is sent for what was not done");
  await confirm(page);
  await sees(page, "The order is refunded");
  assert.deepEqual(await states(page), ["in use", "refunded", "not started"]);
});

test("who stops waiting is told what is unknown, and carries the same plan on", async (t) => {
  const page = await open(t);
  await buy(page);
  await refund(page, /^1003/, "Never arrives");
  await press(page, "Stop waiting");
  assert.match((await result(page)).join(), /^1003unknownanswer lostNobody knows yet: /);
  await sees(page, "What became of it is not known yet");
  await press(page, "Go on with it");
  await sees(page, "This refund is carried on");
  await confirm(page);
  await press(page, "Move the clock past it");
  assert.match((await result(page)).join(), /^1003not done/);
});

test("a page that is closed during a refund finds it again, and settles it", async (t) => {
  const page = await open(t);
  await buy(page);
  await refund(page, /^1003/, "Never arrives");
  await sees(page, "A request without an answer may still be carried out");
  await page.reload();
  await sees(page, "This page was closed during a refund");
  await confirm(page);
  await sees(page, "No answer for 1003: reading the service back.");
  await press(page, "Move the clock past it");
  assert.match((await result(page)).join(), /^1003not done/);
  await page.reload();
  await buy(page);
  assert.equal(await desk(page).getByText("This page was closed").count(), 0);
});

test("where no journal can be had, the desk says so and works in memory", async (t) => {
  const context = (await open(t)).context();
  await context.addInitScript(() => Object.defineProperty(navigator, "locks", {}));
  const { page } = await site.openIn(context);
  await context.pages()[0]?.close();
  await page.reload();
  await sees(page, "What is sent from here is not kept");
  await picture(page, "desk-not-kept");
  await buy(page);
  await refund(page, /^1003/);
  assert.match((await result(page)).join(), /^1003done/);
});

test("a sandbox that starts again knows nothing of earlier refunds", async (t) => {
  const page = await open(t);
  for (const _ of ["once", "once more"]) {
    await buy(page);
    await refund(page, /^1003/);
    assert.match((await result(page)).join(), /^1003doneIt is refunded/);
    await page.getByRole("button", { name: "Start again from nothing" }).click();
    await page.getByRole("button", { name: "Forget everything" }).click();
    await sees(page, "Buy three orders to see them on a time line here.");
  }
});

test("the desk keeps its orders until the sandbox has forgotten them", async (t) => {
  const context = (await open(t)).context();
  // Held until `release` is called on the page.
  await context.addInitScript(() => {
    const { deleteDatabase } = IDBFactory.prototype;
    IDBFactory.prototype.deleteDatabase = (name) => {
      const held = {} as IDBOpenDBRequest;
      Object.assign(window, {
        release() {
          Object.assign(deleteDatabase.call(indexedDB, name), held);
        },
      });
      return held;
    };
  });
  const page = context.pages()[0] as Page;
  await page.reload();
  await buy(page);
  await page.getByRole("button", { name: "Start again from nothing" }).click();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await held(page);
  assert.equal((await orders(page)).length, 3);
  await release(page);
  await sees(page, "Buy three orders to see them on a time line here.");
  await buy(page);
});

test("another service is shown by its ServiceId; one that nobody knows is said by the field", async (t) => {
  const page = await open(t);
  await buy(page);
  const first = await serviceId(page);
  await slider(page).fill(String(120 * DAY));
  await desk(page).getByText("expired").first().waitFor();
  await page.getByRole("button", { name: "Buy again" }).click();
  await desk(page).getByLabel(/^1004/).waitFor();
  assert.notEqual(await serviceId(page), first);
  const field = desk(page).getByLabel("ServiceId", { exact: true });
  await field.fill("nobody's");
  await field.press("Enter");
  await desk(page).locator(".field-problem").waitFor();
  assert.deepEqual(await orders(page), []);
  await field.fill(first);
  await field.press("Enter");
  await desk(page).getByText("expired").first().waitFor();
  assert.deepEqual(await states(page), ["expired", "expired", "expired"]);
  await press(page, "Plan a refund");
  await sees(page, /every order of this service is refunded, moved or expired already/);
});

test("the keyboard alone will do at the desk", async (t) => {
  const page = await open(t);
  await buy(page);
  const isFocused = (name: string) =>
    page.waitForFunction((name) => document.activeElement?.textContent?.includes(name), name);
  await desk(page)
    .getByLabel(/^The whole service/)
    .focus();
  await page.keyboard.press("ArrowDown");
  assert(await desk(page).getByLabel(/^1001/).isChecked());
  await page.keyboard.press("Tab");
  await page.keyboard.press("ArrowRight");
  await page.getByText(/moved on from/).waitFor({ state: "attached" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await confirmation(page).waitFor();
  await page.keyboard.type(await serviceId(page));
  await page.keyboard.press("Enter");
  await isFocused("The order is refunded");
});

test("the desk fits a phone, light and dark, without scrolling sideways", async (t) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await open(t, { viewport: PHONE, colorScheme });
    await buy(page);
    await press(page, "Plan a refund");
    await confirmation(page).waitFor();
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(wide, PHONE.width);
    await picture(page, `desk-phone-${colorScheme}`);
    await confirm(page, "Carried out, answer lost");
    await sees(page, "All 3 orders are refunded");
    await picture(page, `desk-phone-result-${colorScheme}`);
  }
});
