/** The README's page, in a real one: bundled as it stands, behind the host of docs/browser.md that passes its calls on. */

import assert from "node:assert/strict";
import { mkdirSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { build } from "vite";
import { DEFAULT_ACCOUNT } from "../../sandbox/hosts/engine.ts";
import { blocks, read, top } from "../node/documents/documents.ts";
import { TEMPORARY } from "../node/documents/offline.ts";
import { launch } from "./chromium.ts";

const folder = `${top}/test-results/page`;
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";
const HTML = '<!doctype html><title>page</title><script type="module" src="/page.js"></script>';
const { secretId, secretKey } = DEFAULT_ACCOUNT;
const { account: _, ...temporary } = TEMPORARY;

/** The README's page as one script. */
async function bundle(): Promise<string> {
  const code = blocks(read("README.md"), "ts").find((block) => block.includes("document.title"));
  writeFileSync(`${folder}/page.ts`, code ?? "");
  const made = await build({
    configFile: false,
    logLevel: "silent",
    build: {
      write: false,
      target: "es2022",
      rolldownOptions: { input: `${folder}/page.ts`, output: { codeSplitting: false } },
    },
  });
  const outputs = [made].flat().flatMap((one) => ("output" in one ? one.output : []));
  return outputs.map((file) => ("code" in file ? file.code : "")).join("\n");
}

/** The host of docs/browser.md; the service behind it is a sandbox (offline.ts). */
async function gateway(): Promise<{ fetch(request: Request): Promise<Response> }> {
  writeFileSync(`${folder}/gateway.ts`, blocks(read("docs/browser.md"), "ts")[0] ?? "");
  return (await import(`${folder}/gateway.ts`)).default;
}

test("the page shows what the service answers", async (t) => {
  mkdirSync(folder, { recursive: true });
  const [script, host, browser] = await Promise.all([bundle(), gateway(), launch()]);
  t.after(() => browser.close());
  const iotvideo = new Iotvideo({ credential: { secretId, secretKey }, region: "ap-guangzhou" });
  const purchase = { PkgId: "yc1m3d", Tid: "t", OrderCount: 2, StorageRegion: "ap-guangzhou" };
  const { ServiceId } = await iotvideo.CreateStorageService(purchase);

  const page = await browser.newPage();
  const complaints: string[] = [];
  page.on("pageerror", (error) => complaints.push(String(error)));
  await page.route("https://page.example/**", async (route) => {
    const { pathname } = new URL(route.request().url());
    if (route.request().method() === "POST") {
      const headers = await route.request().allHeaders();
      const body = route.request().postData() ?? "";
      const names = Object.entries(headers).filter(([name]) => !name.startsWith(":"));
      const init = { method: "POST", headers: Object.fromEntries(names), body };
      const answer = await host.fetch(new Request(route.request().url(), init));
      return route.fulfill({ status: answer.status, body: await answer.text() });
    }
    if (pathname === "/key") return route.fulfill({ json: temporary });
    if (pathname === "/page.js")
      return route.fulfill({ contentType: "text/javascript", body: script });
    const headers = { "Content-Security-Policy": POLICY };
    return route.fulfill({ contentType: "text/html", headers, body: HTML });
  });
  await page.goto(`https://page.example/#${ServiceId}`);
  await page.waitForFunction(() => document.title !== "page", undefined, { timeout: 10_000 });
  assert.equal(await page.title(), "2 orders");
  assert.deepEqual(complaints, []);
});
