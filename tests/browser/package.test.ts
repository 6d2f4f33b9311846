/** The built package itself in a real Chromium: what only a page's platform does. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { after, before, test } from "node:test";
import type { Browser, Page } from "playwright-core";
import { type Verification, verify } from "tc3-edge";
import { launch } from "./chromium.ts";

const credential = { secretId: "test-id", secretKey: "test-key" };
const dist = new URL("../../dist/", import.meta.url);
const POLICY = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; connect-src 'self'";

let browser: Browser;
let page: Page;
let origin = "";
/** What became of each signed request that arrived. */
const arrived: { found: Verification; type: string; length: number }[] = [];

/** An empty page, the package's files, and a service that verifies what arrives. */
const server = createServer(async (request, response) => {
  if (request.headers.authorization !== undefined) return serve(request, response);
  if (!request.url?.startsWith("/dist/")) {
    const headers = { "Content-Type": "text/html", "Content-Security-Policy": POLICY };
    return response.writeHead(200, headers).end("<!doctype html><title>empty</title>");
  }
  const file = new URL(request.url.slice("/dist/".length), dist);
  const type = file.pathname.endsWith(".wasm") ? "application/wasm" : "text/javascript";
  response.writeHead(200, { "Content-Type": type }).end(readFileSync(file));
});

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = new Uint8Array(Buffer.concat(chunks));
  const headers = request.headers as Record<string, string>;
  const found = verify(credential, {
    method: request.method ?? "",
    url: request.url ?? "",
    headers,
    body,
  });
  arrived.push({ found, type: headers["content-type"] ?? "", length: body.length });
  if (headers["x-tc-action"] !== "Stream") {
    response.end('{"Response":{"RequestId":"r"}}');
    return;
  }
  response.writeHead(200, { "Content-Type": "text/event-stream" });
  for (const char of "data: é1\n\ndata: 2\n\n") response.write(char);
  response.end();
}

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
  page = await browser.newPage();
  await page.goto(origin);
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

const input = { service: "toy", action: "DoIt", version: "2020-01-01" };

test("a page's Request is signed in each form, and arrives so", async () => {
  arrived.length = 0;
  await page.evaluate(
    async ([credential, input, origin]) => {
      const { signRequest } = await import(`${origin}/dist/web/signer.js`);
      const form = new FormData();
      form.append("Text", "é");
      form.append("File", new File([new Uint8Array(300)], "a.bin"));
      const headers = { "Content-Type": "application/json" };
      for (const [path, init] of [
        ["/", { method: "POST", body: '{"A":"é"}', headers }],
        ["/", { method: "POST", body: form }],
        ["/", { method: "POST", body: new Blob(["xyz"], { type: "application/octet-stream" }) }],
        ["/?A.0=x%20y", {}],
      ] as const) {
        const signed = await signRequest(credential, new Request(origin + path, init), input);
        await fetch(signed);
      }
    },
    [credential, input, origin] as const,
  );
  for (const { found } of arrived) assert.deepEqual(found.problems, []);
  const types = arrived.map(({ type }) => type.split(";")[0]);
  assert.deepEqual(types, [
    "application/json",
    "multipart/form-data",
    "application/octet-stream",
    "application/x-www-form-urlencoded",
  ]);
  assert.match(arrived[1]?.type ?? "", /boundary=tc3-edge-[0-9a-f]{32}$/);
  assert((arrived[1]?.length ?? 0) > 300);
});

test("a Request whose headers a page would drop is refused", async () => {
  const said = await page.evaluate(
    async ([credential, input, origin]) => {
      const { signRequest } = await import(`${origin}/dist/web/signer.js`);
      const request = new Request(origin, { method: "POST", mode: "no-cors", body: "{}" });
      return signRequest(credential, request, input).catch((error: Error) => error.message);
    },
    [credential, input, origin] as const,
  );
  assert.match(said, /^request\.mode: is `no-cors`/);
});

test("a page's client sends Blobs, and reads a stream as it comes", async () => {
  arrived.length = 0;
  const events = await page.evaluate(
    async ([credential, input, origin]) => {
      const { Client } = await import(`${origin}/dist/web/web.js`);
      const client = new Client({ credential, endpoint: origin, allowKeyInPage: true });
      const large = new Blob(["x".repeat(1_000_000)]);
      await client.call({ ...input, parts: [{ name: "File", value: large }] });
      const data: string[] = [];
      const stream = client.stream({ ...input, action: "Stream" });
      for await (const event of stream) data.push(event.data);
      return data;
    },
    [credential, input, origin] as const,
  );
  assert.deepEqual(events, ["é1", "2"]);
  for (const { found } of arrived) assert.deepEqual(found.problems, []);
  assert((arrived[0]?.length ?? 0) > 1_000_000);
});
