/**
 * The small signed POST of `sign.ts` in a page of Chromium, beside what signs there; the official SDK builds for no page.
 * `node --import tsx bench/chromium.ts`.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { ensureBrowser } from "../scripts/setup/browser.mjs";
import { launch } from "../tests/browser/chromium.ts";
import { type Timed, table } from "./rounds.ts";

const made = await build({
  entryPoints: [fileURLToPath(new URL("elsewhere/page.ts", import.meta.url))],
  bundle: true,
  format: "esm",
  target: "es2022",
  write: false,
  conditions: ["browser"],
});
const page = `<!doctype html><meta charset="utf-8"><script type="module" src="/page.js"></script>`;
const server = createServer(({ url }, response) => {
  const isScript = url === "/page.js";
  response.setHeader("Content-Type", isScript ? "text/javascript" : "text/html");
  response.end(isScript ? made.outputFiles[0]?.text : page);
}).listen(0, "127.0.0.1");
await once(server, "listening");

process.env.CHROMIUM = await ensureBrowser();
const browser = await launch();
try {
  const visited = await browser.newPage();
  await visited.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
  const timed = (await visited.evaluate("timeAll()")) as Timed[];
  console.log(
    `A small signed POST in Chromium ${browser.version()}; in brackets the middle half of 15 rounds.\n`,
  );
  console.log(table(timed, "aws4fetch"));
} finally {
  await browser.close();
  server.close();
}
