/** The sandbox inside a page, behind a `fetch` of its own: nothing leaves the page. */

import init, { SandboxModule, shown } from "../../build/sandbox.js";
import wasmUrl from "../../build/sandbox.wasm?url";
import { type Engine, type SandboxOptions, startEngine } from "./engine.ts";

/** A sandbox that answers a `fetch`. */
export interface PageSandbox extends Engine {
  fetch: typeof fetch;
}

/** Loads the module and starts a sandbox. */
export async function startSandbox(options: SandboxOptions = {}): Promise<PageSandbox> {
  await init({ module_or_path: wasmUrl });
  const engine = await startEngine({ SandboxModule, shown }, options);
  return {
    ...engine,
    async fetch(input, init) {
      const request = new Request(input, init);
      const url = new URL(request.url);
      const { status, headers, body } = await engine.handle({
        method: request.method,
        target: url.pathname + url.search,
        // A page's request shows no Host: the platform would make it from the URL.
        headers: [["host", url.host], ...request.headers],
        body: new Uint8Array(await request.arrayBuffer()),
      });
      return new Response(body, { status, headers });
    },
  };
}
