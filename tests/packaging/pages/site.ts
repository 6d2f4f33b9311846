/** Serves a row's folder to a page on loopback, under a Content-Security-Policy where one is given. */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { type Listening, listen } from "../servers/listen.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".wasm": "application/wasm",
};

/** Serves the files of `folder`; the policy goes with each, since a worker has that of its own script. */
export async function serveSite(folder: string, policy?: string): Promise<Listening> {
  const root = path.resolve(folder);
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const file = path.join(root, pathname.endsWith("/") ? `${pathname}index.html` : pathname);
    const bytes = await readFile(file).catch(() => undefined);
    if (bytes === undefined) return void response.writeHead(404).end();
    if (policy !== undefined) response.setHeader("Content-Security-Policy", policy);
    response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
    response.end(bytes);
  });
  return listen(server);
}
