/** The console in a real Chromium, under its policy, by what a person does there. */

import assert from "node:assert/strict";
import { after, before, type TestContext, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { explain, sign } from "tc3-edge";
import { picture, Site } from "./browser.ts";
import { testJudging } from "./judge.ts";
import { testKeeping } from "./keeping.ts";
import { testPolicy } from "./policy.ts";

const credential = { secretId: "sandbox-secret-id", secretKey: "sandbox-secret-key" };
const PHONE = { width: 390, height: 844 };
const NAMES = ["Payload", "Canonical request", "String to sign", "Signature", "Authorization"];

let site: Site;
before(async () => {
  site = await Site.start();
});
after(() => site?.close());

testPolicy(() => site);
testJudging(() => site);
testKeeping(() => site);

const open = (t: TestContext, options?: BrowserContextOptions) => site.visit(t, options);

const answer = (page: Page) => page.getByRole("region", { name: "Answer" });
const says = (page: Page, text: string | RegExp) => answer(page).getByText(text).waitFor();
const refund = (page: Page) => page.getByRole("region", { name: "Refund", exact: true });
const field = (page: Page, name: string) => refund(page).getByLabel(name, { exact: true });
const send = (page: Page) => page.getByRole("button", { name: "Sign and send" }).click();
const block = (page: Page, name: string) =>
  page.getByRole("figure", { name, exact: true }).locator("pre");
const states = (page: Page) => page.getByRole("row").locator("td:nth-of-type(1)").allTextContents();

async function orders(page: Page): Promise<string[]> {
  return page.getByRole("row").locator("th code").allTextContents();
}

async function buy(page: Page): Promise<void> {
  await page.getByRole("button", { name: /^Buy/ }).click();
  await says(page, "CreateStorageService was done");
}

function input(payload: object, timestamp: number) {
  const [action, version, region] = ["RefundStorageService", "2019-11-26", "ap-guangzhou"];
  return { service: "iotvideo", action, version, region, payload, timestamp };
}

async function fix(page: Page, timestamp: number): Promise<void> {
  await page.getByLabel("Fixed").check();
  await field(page, "Timestamp, in seconds since 1970").fill(String(timestamp));
}

test("a person buys, refunds one order, then the service, and buys again from the pool", async (t) => {
  const page = await open(t, { viewport: { width: 1280, height: 900 } });
  await buy(page);
  assert.deepEqual(await states(page), ["in use", "not started", "not started"]);
  assert.notEqual(await field(page, "ServiceId").inputValue(), "");
  await page.getByText("Now: 1 order in use becomes void, 2 orders not started return").waitFor();
  await picture(page, "console-bought");

  const [first, second, third] = await orders(page);
  await page.getByRole("button", { name: `Choose order ${third}` }).click();
  assert.equal(await field(page, "OrderId").inputValue(), third);
  await send(page);
  await says(page, `Order ${third} had not started: it went to the pool`);
  await says(page, /^[0-9a-f]{8}-[0-9a-f-]{27}$/);
  assert.deepEqual(await states(page), ["in use", "not started", "refunded"]);

  await field(page, "OrderId").fill("");
  await send(page);
  await says(page, `Order ${first} had started: it became void`);
  await says(page, `Order ${second} had not started: it went to the pool`);
  await page.getByText("Pool: 2 paid orders waiting").waitFor();
  await picture(page, "console-refunded");

  await page.getByRole("button", { name: "Buy again" }).click();
  await says(page, `was taken from the pool, where it was ${third}; nothing was paid`);
  await says(page, `was taken from the pool, where it was ${second}; nothing was paid`);
  await says(page, "was paid for");
  await page.getByText("Pool: 0 paid orders waiting").waitFor();
  await picture(page, "console-bought-again");
});

test("each value changes as one types, and is what Node makes of the same input", async (t) => {
  const page = await open(t);
  await fix(page, 1_700_000_000);
  await page.getByText("2023-11-14 22:13:20 UTC").waitFor();
  for (const payload of [{ ServiceId: "a" }, { ServiceId: "a-b" }, { ServiceId: '云 "x"' }]) {
    await field(page, "ServiceId").fill(payload.ServiceId);
    const node = explain(credential, input(payload, 1_700_000_000));
    const expected = [node.body, node.canonicalRequest, node.stringToSign, node.signature];
    await block(page, "Payload").getByText(String(node.body), { exact: true }).waitFor();
    const shown = await Promise.all(NAMES.map((name) => block(page, name).textContent()));
    assert.deepEqual(shown, [...expected, node.authorization]);
  }
});

test("what the page sends is signed as Node signs it", async (t) => {
  const page = await open(t);
  await buy(page);
  const timestamp = Math.floor(Date.now() / 1000) - 60;
  await fix(page, timestamp);
  await field(page, "OrderId").fill("no-such-order");
  const ServiceId = await field(page, "ServiceId").inputValue();
  await send(page);
  await says(page, "ApiError: ResourceNotFound");
  const signed = sign(credential, input({ ServiceId, OrderId: "no-such-order" }, timestamp));
  await says(page, signed.headers.Authorization ?? "");
});

test("a wrong time is refused, with what to do about it", async (t) => {
  const page = await open(t);
  await buy(page);
  await fix(page, Math.floor(Date.now() / 1000) - 3600);
  await page.getByText("1 hour behind the sandbox’s clock").waitFor();
  await send(page);
  await says(page, "ApiError: AuthFailure.SignatureExpire");
  await says(page, "Correct the local clock and sign again.");
  await says(page, "the service refused it, and did nothing");
  assert.deepEqual(await states(page), ["in use", "not started", "not started"]);
  await picture(page, "console-expired");
  await page.getByLabel("Now, moving").check();
  await send(page);
  await says(page, "RefundStorageService was done");
});

test("what cannot be sent is said by the field that it names, which gets the focus", async (t) => {
  const page = await open(t);
  await send(page);
  await says(page, "nothing was sent");
  const problem = page.locator(".field", { has: page.getByLabel("ServiceId") });
  await problem.getByText("must be given").waitFor();
  await page.waitForFunction(() => document.activeElement?.getAttribute("aria-invalid") === "true");
  await field(page, "ServiceId").fill("s");
  await problem.getByText("must be given").waitFor({ state: "detached" });
  await fix(page, 1_700_000_000_000);
  await page.getByText("looks like milliseconds").first().waitFor();
  await page.getByText("It cannot be signed").waitFor();
  await page.getByLabel("Now, moving").check();
  await field(page, "SecretKey").fill("another");
  await send(page);
  await says(page, "ApiError: AuthFailure.SignatureFailure");
  await picture(page, "console-problems");
});

test("the secret key is hidden until it is asked for", async (t) => {
  const page = await open(t);
  const type = () => field(page, "SecretKey").getAttribute("type");
  assert.equal(await type(), "password");
  await refund(page).getByRole("button", { name: "Show the SecretKey" }).click();
  await refund(page).getByRole("button", { name: "Hide the SecretKey" }).waitFor();
  assert.equal(await type(), "text");
});

test("the keyboard alone will do", async (t) => {
  const page = await open(t);
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await says(page, "CreateStorageService was done");
  const chosen = (await orders(page))[1] ?? "";
  const choose = page.getByRole("button", { name: `Choose order ${chosen}` });
  while (!(await choose.evaluate((button) => button === document.activeElement))) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Space");
  while (!(await field(page, "OrderId").evaluate((input) => input === document.activeElement))) {
    await page.keyboard.press("Tab");
  }
  await page.keyboard.press("Enter");
  await says(page, `Order ${chosen} had not started: it went to the pool`);
});

test("it fits a phone, light and dark, without scrolling sideways", async (t) => {
  for (const colorScheme of ["light", "dark"] as const) {
    const page = await open(t, { viewport: PHONE, colorScheme });
    await buy(page);
    await send(page);
    await says(page, "RefundStorageService was done");
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    assert.equal(wide, PHONE.width);
    await picture(page, `console-phone-${colorScheme}`);
  }
  const page = await open(t, { viewport: { width: 1280, height: 900 }, colorScheme: "dark" });
  await buy(page);
  await picture(page, "console-dark");
});
