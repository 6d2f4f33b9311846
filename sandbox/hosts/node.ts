/** The sandbox behind a real server in Node, HTTP or HTTPS, on loopback only. */

import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { initSync, SandboxModule, shown } from "../../build/sandbox.js";
import { writeCaFile } from "./ca-file.ts";
import { CONTROL_PATH, controller } from "./control.ts";
import { permit, readOrigins } from "./cors.ts";
import { deliver } from "./deliver.ts";
import {
  type Engine,
  type Note,
  type SandboxOptions,
  type SandboxWasm,
  startEngine,
} from "./engine.ts";
import { refusalOfHost } from "./guard.ts";
import { readNames } from "./names.ts";
import { type Difference, type Recording, replay } from "./record.ts";

/** A sandbox that listens. */
export interface SandboxServer extends Engine {
  /** Such as `http://127.0.0.1:40123`. */
  url: string;
  /** What the control API asks for. */
  controlToken: string;
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
  /** What the control API asks for as `Authorization: Bearer …`. @default a random one */
  controlToken?: string;
  /** The origin of a console whose page may use the control API. @default none */
  consoleOrigin?: string;
  /** Told after each answer. */
  onCall?: (note: Note) => void;
  /** Told why a call had no answer: who called has gone, or what happened could not be kept. */
  onFailure?: (error: unknown) => void;
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

/** Of the target and all headers: the protocol allows a query of 32 KB, and Node only 16 KB of all. */
const MAX_HEAD_BYTES = 64 * 1024;

/** Gets the module; more than once it does nothing. */
async function load(): Promise<SandboxWasm> {
  initSync({ module: await readFile(new URL("../../build/sandbox.wasm", import.meta.url)) });
  return { SandboxModule, shown };
}

/** Makes a recorded session again, and gives what is answered otherwise. */
export async function replayHere(recording: Recording): Promise<Difference[]> {
  return replay(await load(), recording);
}

/** Starts a sandbox on 127.0.0.1. */
export async function serveSandbox(options: ServeOptions = {}): Promise<SandboxServer> {
  const engine = await startEngine(await load(), options);
  const control = controller(engine, options);
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
    const asked = {
      method: request.method ?? "",
      target: request.url ?? "",
      headers: received,
    };
    if (asked.target.startsWith(CONTROL_PATH)) {
      const said = await control.answer(asked, () => readBody(request));
      response.writeHead(said.status, said.headers.flat()).end(said.body);
      return;
    }
    const permission = permit(asked.method, received, origins);
    if (permission.preflight) {
      response.writeHead(204, permission.headers.flat()).end();
      return;
    }
    try {
      const answered = await engine.handle({ ...asked, body: await readBody(request) });
      const { headers, note } = answered;
      deliver({ ...answered, headers: [...headers, ...permission.headers] }, response);
      options.onCall?.(note);
    } catch (error) {
      // The caller has gone, or what happened could not be kept: both ways nobody is told that it was done.
      response.destroy();
      options.onFailure?.(error);
    }
  };
  const { server, caFile } = tls
    ? await serveTls(answer, known, givenFile)
    : { server: createServer({ maxHeaderSize: MAX_HEAD_BYTES }, answer) };
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
    controlToken: control.token,
    ...(caFile ? { caFile: caFile.path } : {}),
    close: async () => {
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      await caFile?.remove();
      await engine.close();
    },
  };
}

async function serveTls(answer: RequestListener, known: string[], givenFile: string | undefined) {
  // Loaded where it is asked for: its library takes longer to load than all the rest.
  const { CA_NAME, certify } = await import("./tls.ts");
  const { ca, server } = await certify(known);
  const caFile = await writeCaFile(ca, CA_NAME, givenFile);
  return { server: createTlsServer({ ...server, maxHeaderSize: MAX_HEAD_BYTES }, answer), caFile };
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
