/** The page's policy and its server: nothing inline, nothing from elsewhere, nothing outside the folder. */

import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { HEADERS, META_POLICY } from "../../www/headers.ts";
import type { Site } from "./browser.ts";

/** Asks for a target as it is written; `fetch` would tidy it first. */
function ask(
  base: string,
  target: string,
  method = "GET",
): Promise<{ status: number; type: string }> {
  const { hostname, port } = new URL(base);
  return new Promise((resolve, reject) => {
    request({ hostname, port, path: target, method }, (answer) => {
      const type = answer.headers["content-type"] ?? "";
      answer.resume().on("end", () => resolve({ status: answer.statusCode ?? 0, type }));
    })
      .on("error", reject)
      .end();
  });
}

/** Registers the tests of a site that is started when they run. */
export function testPolicy(site: () => Site): void {
  test("the built page states the policy before anything else, and holds nothing inline", async () => {
    const answered = await fetch(site().url);
    for (const [name, value] of Object.entries(HEADERS)) {
      assert.equal(answered.headers.get(name), value);
    }
    const html = (await answered.text()).replaceAll("&#39;", "'");
    const policy = html.indexOf(`content="${META_POLICY}"`);
    assert(policy > 0 && policy < html.search(/<script|<link/), html);
    assert.doesNotMatch(html, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)/);
    assert.doesNotMatch(META_POLICY, /unsafe-inline|'unsafe-eval'|\*|https?:/);
  });

  test("the policy is in force: what is inline or elsewhere does not run", async () => {
    const { page, complaints } = await site().open();
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "document.title = 'run'";
      document.head.append(script);
    });
    await page.evaluate(() => fetch("https://example.com/").catch(() => undefined));
    assert.equal(await page.title(), "tc3-edge console");
    assert(
      complaints.some((text) => text.startsWith("policy: script-src")),
      complaints.join("\n"),
    );
    assert(
      complaints.some((text) => text.startsWith("policy: connect-src")),
      complaints.join("\n"),
    );
    await page.context().close();
  });

  test("the server gives the folder's files with their types, and nothing else", async () => {
    const assets = (await (await fetch(site().url)).text()).match(/assets\/[\w.-]+/g) ?? [];
    const types = await Promise.all(
      assets.map(async (asset) => (await ask(site().url, `/${asset}`)).type),
    );
    assert.deepEqual(types.sort(), [
      "image/svg+xml",
      "text/css; charset=utf-8",
      "text/javascript; charset=utf-8",
    ]);
    for (const target of [
      "/../package.json",
      "/..%2fvite.config.ts",
      "/%2e%2e/main.tsx",
      "/%",
      "/x%00",
    ]) {
      assert.equal((await ask(site().url, target)).status, 404, target);
    }
    assert.equal((await ask(site().url, "/", "POST")).status, 405);
  });
}
