/** Loaded before an example: the service's host is a sandbox inside the process, and nothing but loopback is reached. */

import { readFileSync } from "node:fs";
import { initSync, SandboxModule, shown } from "../../../build/sandbox.js";
import { type Account, DEFAULT_ACCOUNT, startEngine } from "../../../sandbox/hosts/engine.ts";

const wasm = new URL("../../../build/sandbox.wasm", import.meta.url);
initSync({ module: readFileSync(wasm) });
/** What a page is given: a key that is temporary. */
export const TEMPORARY: Account = {
  ...DEFAULT_ACCOUNT,
  secretId: "sandbox-temporary-id",
  token: "sandbox-token",
};
const accounts = [DEFAULT_ACCOUNT, TEMPORARY];
const engine = await startEngine({ SandboxModule, shown }, { strict: true, accounts });
const reached = globalThis.fetch;

globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  const { hostname, host, pathname, search } = new URL(request.url);
  if (hostname === "127.0.0.1") return reached(input, init);
  if (host !== "iotvideo.tencentcloudapi.com") throw new Error(`${host} is not reached in a test`);
  const { status, headers, body } = await engine.handle({
    method: request.method,
    target: pathname + search,
    headers: [["host", host], ...request.headers],
    body: new Uint8Array(await request.arrayBuffer()),
  });
  return new Response(body, { status, headers });
};
