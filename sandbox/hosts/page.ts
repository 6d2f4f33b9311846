/** The sandbox inside a page, behind a `fetch` of its own: nothing leaves the page. It runs in a worker. */

import type { Engine, SandboxAnswer, SandboxOptions, SandboxRequest } from "./engine.ts";
import { respond, untilAborted } from "./page-deliver.ts";
import { callThrough } from "./port.ts";

export { StoreError } from "./store-error.ts";

/** What a page may choose; the clock is the platform's, and `control("setClock")` moves the sandbox's. */
export interface PageOptions extends Omit<SandboxOptions, "now" | "store"> {
  /**
   * Where what happened is kept. `indexeddb` survives the page, and lets no other page in; it never falls back.
   *
   * @default "memory"
   */
  keep?: "memory" | "indexeddb";
  /** The name of the database. @default "tc3-edge-sandbox" */
  database?: string;
}

/** What every host has, across a thread: so all of it takes time. */
type Across<T> = {
  [K in keyof T]: T[K] extends (...given: infer G) => infer R
    ? (...given: G) => Promise<Awaited<R>>
    : never;
};

/** A sandbox that answers a `fetch`. */
export interface PageSandbox extends Across<Omit<Engine, "handle">> {
  /** Takes what the platform's takes; a call that is aborted while it is under way may be done all the same. */
  fetch: typeof fetch;
}

/**
 * Starts a sandbox.
 *
 * @throws StoreError where nothing can be kept here, another page has it open, or the database is something else's
 */
export async function startSandbox(options: PageOptions = {}): Promise<PageSandbox> {
  const worker = new Worker(new URL("./worker.ts", import.meta.url), { type: "module" });
  const { port1, port2 } = new MessageChannel();
  const caller = callThrough(port1);
  const end = (why: Error) => {
    caller.end(why);
    worker.terminate();
  };
  worker.onerror = ({ message }) => end(new Error(`the sandbox's worker failed: ${message}`));
  worker.postMessage(undefined, [port2]);
  try {
    await caller.call("start", options);
  } catch (error) {
    end(error as Error);
    throw error;
  }

  const across = <Name extends keyof Engine>(name: Name) =>
    ((...given: unknown[]) => caller.call(name, ...given)) as Across<Engine>[Name];
  const handle = across("handle");
  return {
    async fetch(input, init) {
      const request = new Request(input, init);
      const { signal } = request;
      signal.throwIfAborted();
      const asked = await readRequest(request);
      const answer = await untilAborted<SandboxAnswer>(signal, (resolve, reject) => {
        handle(asked).then(resolve, (cause) =>
          // Whether it was done is not known then, as with any connection that fails.
          reject(new TypeError(`the sandbox gave no answer: ${cause.message}`, { cause })),
        );
      });
      return respond(answer, signal);
    },
    control: across("control"),
    ledger: across("ledger"),
    pool: across("pool"),
    restore: across("restore"),
    startAgain: across("startAgain"),
    record: across("record"),
    recording: across("recording"),
    async close() {
      await across("close")();
      end(new Error("this sandbox is closed"));
    },
  };
}

async function readRequest(request: Request): Promise<SandboxRequest> {
  const url = new URL(request.url);
  return {
    method: request.method,
    target: url.pathname + url.search,
    // A page's request shows no Host: the platform would make it from the URL.
    headers: [["host", url.host], ...request.headers],
    body: new Uint8Array(await request.arrayBuffer()),
  };
}
