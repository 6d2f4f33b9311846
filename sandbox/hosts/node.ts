/** The sandbox behind a real HTTP server in Node, on loopback only. */

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { initSync, SandboxModule, shown } from "../../build/sandbox.js";
import { type Engine, type Note, type SandboxOptions, startEngine } from "./engine.ts";

/** A sandbox that listens. */
export interface SandboxServer extends Engine {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  close(): Promise<void>;
}

/** What the server may choose beside the sandbox's own options. */
export interface ServeOptions extends SandboxOptions {
  /** @default a free one */
  port?: number;
  /** Told after each answer. */
  onCall?: (note: Note) => void;
}

/** The protocol allows 10 MB; whatever is longer is read no further, and refused by the sandbox. */
const MAX_BODY_BYTES = 10 * 1024 * 1024 + 1;

/** Of the target and all headers: the protocol allows a query of 32 KB, and Node only 16 KB of all. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Starts a sandbox on 127.0.0.1. */
export async function serveSandbox(options: ServeOptions = {}): Promise<SandboxServer> {
  initSync({ module: await readFile(new URL("../../build/sandbox.wasm", import.meta.url)) });
  const engine = await startEngine({ SandboxModule, shown }, options);
  const server = createServer({ maxHeaderSize: MAX_HEAD_BYTES }, async (request, response) => {
    try {
      const { status, headers, body, note } = await engine.handle({
        method: request.method ?? "",
        target: request.url ?? "",
        headers: pairs(request.rawHeaders),
        body: await readBody(request),
      });
      response.writeHead(status, headers.flat()).end(body);
      options.onCall?.(note);
    } catch {
      // The caller has gone.
      response.destroy();
    }
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(options.port ?? 0, "127.0.0.1", resolve);
  });
  return {
    ...engine,
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (length < MAX_BODY_BYTES) chunks.push(chunk);
    length += chunk.length;
  }
  return Buffer.concat(chunks).subarray(0, MAX_BODY_BYTES);
}

function pairs(raw: string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let at = 0; at + 1 < raw.length; at += 2) {
    headers.push([raw[at] as string, raw[at + 1] as string]);
  }
  return headers;
}
