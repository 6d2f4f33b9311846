/** The console's judgement of a pasted request: the cause first, what is right called right, nothing secret shown. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import type { BrowserContextOptions, Page } from "playwright-core";
import { explain } from "tc3-edge";
import { picture, type Site } from "./browser.ts";

const credential = { secretId: "sandbox-secret-id", secretKey: "sandbox-secret-key" };
const PHONE = { width: 390, height: 844 };
const WIDE = { width: 1440, height: 900 };

const panel = (page: Page) => page.getByRole("region", { name: "A request that was refused?" });
const field = (page: Page, name: string) => panel(page).getByLabel(name, { exact: true });
const verdict = (page: Page) => panel(page).getByRole("status");
const causes = (page: Page) => panel(page).getByRole("list", { name: "Causes" });

/** Opens the page; when the test ends, nothing secret may have been shown and nothing complained of. */
async function openWatched(t: TestContext, site: Site, options?: BrowserContextOptions) {
  const { page, complaints } = await site.open(options);
  t.after(async () => {
    const shown = await page.locator("body").innerText();
    await page.context().close();
    assert.doesNotMatch(shown, /sandbox-secret-key/i);
    assert.deepEqual(complaints, []);
  });
  return page;
}

/** A signed call; `timestamp` is when it was signed. */
function signed(timestamp = Math.floor(Date.now() / 1000)) {
  return explain(credential, {
    service: "iotvideo",
    action: "RefundStorageService",
    version: "2019-11-26",
    region: "ap-guangzhou",
    payload: { ServiceId: "it's" },
    timestamp,
  });
}

/** It as a curl line, with headers that were changed after the signing. */
function curl({ url, headers, body }: ReturnType<typeof signed>, changed: object = {}): string {
  const sent = Object.entries({ ...headers, ...changed });
  const options = sent.map(([name, value]) => `-H '${name}: ${value}'`);
  return ["curl", url, ...options, `-d '${String(body).replace("'", "'\\''")}'`].join(" ");
}

async function judge(page: Page, text: string): Promise<void> {
  await field(page, "Request").fill(text);
  await panel(page).getByRole("button", { name: "Judge it" }).click();
}

async function says(page: Page, text: string | RegExp): Promise<void> {
  await verdict(page).getByText(text).waitFor();
}

/** The first cause, with its rank and what to do. */
async function first(page: Page): Promise<string> {
  return (await causes(page).getByRole("listitem").first().innerText()).replaceAll(/\s+/g, " ");
}

/** Registers the tests of a site that is started when they run. */
export function testJudging(site: () => Site): void {
  const open = (t: TestContext, options?: BrowserContextOptions) => openWatched(t, site(), options);

  test("a content type that was changed after the signing is found, and shown line by line", async (t) => {
    for (const [name, viewport, colorScheme] of [
      ["judge-phone", PHONE, "light"],
      ["judge-wide", WIDE, "light"],
      ["judge-phone-dark", PHONE, "dark"],
      ["judge-wide-dark", WIDE, "dark"],
    ] as const) {
      const page = await open(t, { viewport, colorScheme });
      const call = signed();
      await panel(page).getByText("The sender’s own texts, if you have them").click();
      await field(page, "Its canonical request").fill(call.canonicalRequest);
      await judge(page, curl(call, { "Content-Type": "application/json" }));
      await says(page, "1 check failed");
      await says(page, "signature: the signature does not fit this request");
      assert.match(await first(page), /^Certain .*application\/json.* Set Content-Type yourself/);
      const difference = panel(page).getByRole("figure", {
        name: /^First line that differs: line 4/,
      });
      assert.equal(
        (await difference.getByRole("definition").allInnerTexts()).join("\n"),
        "content-type:application/json; charset=utf-8\ncontent-type:application/json",
      );
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth), viewport.width);
      await picture(page, name);
    }
  });

  test("a clock that is off is the cause, and none once the request is judged by the clock of its arrival", async (t) => {
    const page = await open(t);
    const timestamp = Math.floor(Date.now() / 1000) - 3600;
    await judge(page, curl(signed(timestamp)));
    await says(page, "1 check failed");
    assert.match(await first(page), /^Certain .*Set the clock by network time/);
    await field(page, "Arrived, in seconds since 1970").fill(String(timestamp + 2));
    assert.equal(await verdict(page).innerText(), "Not judged yet.");
    await field(page, "Arrived, in seconds since 1970").press("Enter");
    await says(page, "The signature is right");
    assert.equal(await causes(page).count(), 0);
  });

  test("a right request is called right, in each form; a header alone is not judged as one", async (t) => {
    const page = await open(t);
    const call = signed();
    await judge(page, curl(call));
    await says(page, /^The signature is right$/);
    const head = Object.entries(call.headers).map(([name, value]) => `${name}: ${value}`);
    const raw = ["POST / HTTP/1.1", "Host: iotvideo.tencentcloudapi.com", ...head, "", call.body];
    await judge(page, raw.join("\n"));
    await says(page, /^The signature is right$/);
    await judge(page, call.authorization);
    await says(page, "The signature was not checked");
    assert.match(await first(page), /^Likely .*only with its request/);
  });

  test("the page's last call can be pasted, and another key does not fit it", async (t) => {
    const page = await open(t);
    const paste = panel(page).getByRole("button", { name: "Paste the last call" });
    assert.equal(await paste.count(), 0);
    await page.getByRole("button", { name: "Buy three orders" }).click();
    await paste.click();
    assert.match(await field(page, "Request").inputValue(), /^curl 'https:\/\/iotvideo\./);
    await panel(page).getByRole("button", { name: "Judge it" }).click();
    await says(page, /^The signature is right$/);
    await field(page, "SecretKey").fill("another-secret-key");
    await panel(page).getByRole("button", { name: "Judge it" }).click();
    await says(page, "1 check failed");
    assert.match(await first(page), /^Likely /);
    await picture(page, "judge-likely");
    await field(page, "SecretKey").fill("");
    await panel(page).getByRole("button", { name: "Judge it" }).click();
    await says(page, "The signature was not checked");
  });

  test("what cannot be read is said by its field, which gets the focus", async (t) => {
    const page = await open(t, { viewport: PHONE });
    for (const text of [
      "",
      "garbage",
      "curl 'https://h",
      "POST / HTTP/1.1\nno colon\n",
      "\u0000",
    ]) {
      await judge(page, text);
      const request = page.locator(".field", { has: page.getByLabel("Request", { exact: true }) });
      await request.locator(".field-problem").waitFor();
      assert.equal(await field(page, "Request").getAttribute("aria-invalid"), "true", text);
      assert.equal(await verdict(page).innerText(), "Not judged yet.");
    }
    await page.waitForFunction(() => document.activeElement?.tagName === "TEXTAREA");
    await picture(page, "judge-garbage");
    for (const clock of ["soon", "99999999999999999"]) {
      await field(page, "Arrived, in seconds since 1970").fill(clock);
      await judge(page, curl(signed()));
      await panel(page).getByText("must be a time").waitFor();
    }
    await field(page, "Arrived, in seconds since 1970").fill("");
    await judge(page, curl(signed()));
    await says(page, /^The signature is right$/);
  });

  test("the keyboard alone will do", async (t) => {
    const page = await open(t);
    await field(page, "Request").focus();
    await page.keyboard.insertText(curl(signed()));
    const button = panel(page).getByRole("button", { name: "Judge it" });
    while (!(await button.evaluate((element) => element === document.activeElement))) {
      await page.keyboard.press("Tab");
    }
    await page.keyboard.press("Enter");
    await says(page, /^The signature is right$/);
  });
}
