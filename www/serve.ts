/** Serves the built page on loopback with its headers: files of one folder, to GET and HEAD, and nothing else. */

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { HEADERS } from "./headers.ts";

const TYPES: Record<string, string> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
  ".wasm": "application/wasm",
};

/** A page that is being served. */
export interface Served {
  /** Such as `http://127.0.0.1:40123/`. */
  url: string;
  close(): Promise<void>;
}

/** Serves `folder` on 127.0.0.1; port 0 is a free one. */
export async function serve(folder: string, port = 0): Promise<Served> {
  const server = createServer(answer(path.resolve(folder)));
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function answer(folder: string): RequestListener {
  return async (request, response) => {
    for (const [name, value] of Object.entries(HEADERS)) response.setHeader(name, value);
    if (request.method !== "GET" && request.method !== "HEAD") {
      response.writeHead(405, { Allow: "GET, HEAD" }).end();
      return;
    }
    const file = locate(folder, request.url ?? "/");
    const found = file === undefined ? undefined : await stat(file).catch(() => undefined);
    if (file === undefined || !found?.isFile()) {
      response.writeHead(404, { "Content-Type": "text/plain; charset=utf-8" }).end("not found\n");
      return;
    }
    response.writeHead(200, {
      "Content-Type": TYPES[path.extname(file)] ?? "application/octet-stream",
      "Content-Length": found.size,
      "Cache-Control": "no-cache",
    });
    if (request.method === "HEAD") response.end();
    else
      createReadStream(file)
        .on("error", () => response.destroy())
        .pipe(response);
  };
}

/** The file that a request's target names, or nothing where that would be outside the folder. */
function locate(folder: string, target: string): string | undefined {
  let name: string;
  try {
    name = decodeURIComponent(target.split("?", 1)[0] ?? "");
  } catch {
    return undefined;
  }
  if (name.includes("\0")) return undefined;
  const file = path.join(folder, name.endsWith("/") ? `${name}index.html` : name);
  return file.startsWith(folder + path.sep) ? file : undefined;
}

/** `npm run console`, once the page is built. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { port: { type: "string", default: "4181" } } });
  const port = Number(values.port);
  if (!/^\d+$/.test(values.port) || port > 65_535) {
    throw new Error("--port takes a whole number up to 65535");
  }
  const { url } = await serve(fileURLToPath(new URL("dist", import.meta.url)), port);
  console.log(`the console is at ${url}; stop it with Ctrl+C`);
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await main().catch((error: Error) => {
    const taken = "code" in error && error.code === "EADDRINUSE";
    console.error(taken ? "this port is taken: give another by --port N" : error.message);
    process.exitCode = 1;
  });
}
