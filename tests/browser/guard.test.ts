/** What is refused in a real page and in each kind of a page's worker. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { launch } from "./chromium.ts";

const EXPECTED = [
  "long-lived: CredentialError, credential InPage, notSent",
  "long-lived, allowed: answered",
  "direct: ValidationError, endpoint InPage, notSent",
  "direct by its host: ValidationError, endpoint InPage, notSent",
  "direct, allowed: answered",
  "gateway: answered",
  "gateway by sentHost: answered",
  "dry run: shown",
];

/** Tells whoever asks what is refused in it, in a dedicated, a shared and a service worker. */
const WORKER = `import { Client } from "/dist/web/web.js";
import { refused } from "/refused.mjs";
const tell = async (port) => port.postMessage(await refused(Client, location.origin));
if ("onconnect" in self) self.onconnect = ({ ports: [port] }) => tell(port);
else self.onmessage = ({ source }) => tell(source ?? self);
`;

let browser: Browser;
let page: Page;

/** An empty page, the package's files, and an answer to every call. */
const server = createServer((request, response) => {
  const { url = "/", method } = request;
  const type = url.endsWith(".wasm") ? "application/wasm" : "text/javascript";
  const script = () => response.setHeader("Content-Type", type);
  if (method === "POST" || url === "/answer") response.end('{"Response":{"RequestId":"r"}}');
  else if (url === "/worker.js") script().end(WORKER);
  else if (url === "/refused.mjs") script().end(read(`.${url}`));
  else if (url.startsWith("/dist/")) script().end(read(`../..${url}`));
  else response.setHeader("Content-Type", "text/html").end("<!doctype html><title>empty</title>");
});

function read(path: string): Buffer {
  return readFileSync(new URL(path, import.meta.url));
}

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  browser = await launch();
  page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

test("a page is told from a server", async () => {
  const said = await page.evaluate(async () => {
    const { origin } = location;
    const { Client } = await import(`${origin}/dist/web/web.js`);
    const { refused } = await import(`${origin}/refused.mjs`);
    return refused(Client, origin);
  });
  assert.deepEqual(said, EXPECTED);
});

for (const kind of ["dedicated", "shared", "service"] as const) {
  test(`a ${kind} worker counts as its page`, async () => {
    const said = await page.evaluate(async (kind) => {
      const options = { type: "module" } as const;
      if (kind === "dedicated") {
        const worker = new Worker("/worker.js", options);
        const told = new Promise((resolve) => {
          worker.onmessage = ({ data }) => resolve(data);
        });
        worker.postMessage("");
        return told;
      }
      if (kind === "shared") {
        const { port } = new SharedWorker("/worker.js", options);
        return new Promise((resolve) => {
          port.onmessage = ({ data }) => resolve(data);
        });
      }
      await navigator.serviceWorker.register("/worker.js", options);
      const { active } = await navigator.serviceWorker.ready;
      const told = new Promise((resolve) => {
        navigator.serviceWorker.onmessage = ({ data }) => resolve(data);
      });
      active?.postMessage("");
      return told;
    }, kind);
    assert.deepEqual(said, EXPECTED);
  });
}
