/** The sandbox behind a real server in Node, HTTP or HTTPS, on loopback only. */

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { initSync, SandboxModule } from "../../build/sandbox.js";
import { writeCaFile } from "./ca-file.ts";
import { permit, readOrigins } from "./cors.ts";
import { type Engine, type Note, type SandboxOptions, startEngine } from "./engine.ts";
import { refusalOfHost } from "./guard.ts";
import { readNames } from "./names.ts";

/** A sandbox that listens. */
export interface SandboxServer extends Engine {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** With `tls`: the certificate to trust, for `NODE_EXTRA_CA_CERTS` and `REQUESTS_CA_BUNDLE`. */
  caFile?: string;
  close(): Promise<void>;
}

/** What the server may choose beside the sandbox's own options. */
export interface ServeOptions extends SandboxOptions {
  /** @default a free one */
  port?: number;
  /**
   * Further names by which it may be called, such as `iotvideo.tencentcloudapi.com` or `*.tencentcloudapi.com`; with
   * `tls` they have certificates too. @default localhost, all names below it, and the addresses of loopback
   */
  hosts?: string[];
  /** Origins whose pages may call it, such as `http://localhost:5173`. @default none, as at the service */
  allowOrigins?: string[];
  /** Listens by HTTPS, with certificates that are made at the start. @default false */
  tls?: boolean | TlsOptions;
  /** Told after each answer. */
  onCall?: (note: Note) => void;
}

/** What may be chosen of HTTPS. */
export interface TlsOptions {
  /** Further names, as in `hosts`. */
  names?: string[];
  /** Where the CA's certificate is written, and stays. @default a new temporary folder, until the sandbox is closed */
  caFile?: string;
}

/** The protocol allows 10 MB; whatever is longer is read no further, and refused by the sandbox. */
const MAX_BODY_BYTES = 10 * 1024 * 1024 + 1;

/** Starts a sandbox on 127.0.0.1. */
export async function serveSandbox(options: ServeOptions = {}): Promise<SandboxServer> {
  initSync({ module: await readFile(new URL("../../build/sandbox.wasm", import.meta.url)) });
  const engine = startEngine(SandboxModule, options);
  const { hosts = [], tls = false } = options;
  const { names = [], caFile: givenFile } = typeof tls === "object" ? tls : {};
  const known = readNames([...hosts, ...names]);
  const origins = readOrigins(options.allowOrigins ?? []);
  const answer: RequestListener = async (request, response) => {
    const received = pairs(request.rawHeaders);
    const refusal = refusalOfHost(received, known);
    if (refusal !== undefined) {
      response.writeHead(421, { "Content-Type": "text/plain; charset=utf-8" }).end(refusal);
      return;
    }
    const permission = permit(request.method ?? "", received, origins);
    if (permission.preflight) {
      response.writeHead(204, permission.headers.flat()).end();
      return;
    }
    try {
      const { status, headers, body, note } = engine.handle({
        method: request.method ?? "",
        target: request.url ?? "",
        headers: received,
        body: await readBody(request),
      });
      response.writeHead(status, [...headers, ...permission.headers].flat()).end(body);
      options.onCall?.(note);
    } catch {
      // The caller has gone.
      response.destroy();
    }
  };
  const { server, caFile } = tls
    ? await serveTls(answer, known, givenFile)
    : { server: createServer(answer) };
  try {
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(options.port ?? 0, "127.0.0.1", resolve);
    });
  } catch (error) {
    await caFile?.remove();
    throw error;
  }
  return {
    ...engine,
    url: `${caFile ? "https" : "http"}://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...(caFile ? { caFile: caFile.path } : {}),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await caFile?.remove();
    },
  };
}

async function serveTls(answer: RequestListener, known: string[], givenFile: string | undefined) {
  // Loaded where it is asked for: its library takes longer to load than all the rest.
  const { CA_NAME, certify } = await import("./tls.ts");
  const { ca, server } = await certify(known);
  const caFile = await writeCaFile(ca, CA_NAME, givenFile);
  return { server: createTlsServer(server, answer), caFile };
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
