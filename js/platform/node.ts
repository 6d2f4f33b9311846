/**
 * Node: its `fetch` tells of every head that it writes (`diagnostics_channel`), and sends a body that is a stream only once,
 * where it repeats another one after a 421.
 */

import { AsyncLocalStorage } from "node:async_hooks";
import { subscribe } from "node:diagnostics_channel";
import { toBytes } from "../bytes.ts";
import { type Carrier, injected, type MakeCarrier } from "./carrier.ts";

export { refuseDirect, refuseKey } from "../page.ts";

/** What was seen of one try. */
interface Seen {
  requests: number;
  heads: number;
}

/** What is told of a request. */
interface About {
  request: object;
}

/** A `fetch` that somebody puts in its place later is as an injected one. */
const builtIn = globalThis.fetch;

/** With these the connection was never there. */
const NO_CONNECTION = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT"];

let tries: AsyncLocalStorage<Seen> | undefined;

export const carrier: MakeCarrier = (writes) => {
  if (globalThis.fetch !== builtIn) return injected(globalThis.fetch);
  tries ??= watch();
  const storage = tries;
  const seen: Seen = { requests: 0, heads: 0 };
  const carry: Carrier["fetch"] = (url, init = {}) =>
    storage.run(seen, () => builtIn(url, writes ? asStream(init) : init));
  return {
    fetch: carry,
    sentOnce: () => seen.heads === 1,
    neverLeft: (cause) => seen.requests > 0 && seen.heads === 0 && isNoConnection(cause),
  };
};

/** Counts the requests that are made, and the heads that are written, for each try. */
function watch(): AsyncLocalStorage<Seen> {
  const storage = new AsyncLocalStorage<Seen>();
  const ofRequest = new WeakMap<object, Seen>();
  subscribe("undici:request:create", (message) => {
    const { request } = message as About;
    const seen = storage.getStore();
    if (seen === undefined) return;
    seen.requests += 1;
    ofRequest.set(request, seen);
  });
  subscribe("undici:client:sendHeaders", (message) => {
    const { request } = message as About;
    const seen = ofRequest.get(request);
    if (seen !== undefined) seen.heads += 1;
  });
  return storage;
}

/** The same body as a stream of the same length. */
function asStream(init: RequestInit): RequestInit {
  const { body, headers } = init;
  if (typeof body !== "string" && !(body instanceof Uint8Array)) return init;
  const bytes = toBytes(body as string | Uint8Array<ArrayBuffer>);
  const stream = new ReadableStream({
    start(controller) {
      controller.enqueue(bytes);
      controller.close();
    },
  });
  const withLength = {
    ...(headers as Record<string, string>),
    "Content-Length": `${bytes.length}`,
  };
  return { ...init, body: stream, headers: withLength, duplex: "half" } as RequestInit;
}

function isNoConnection(failure: unknown): boolean {
  const { cause } = (failure ?? {}) as { cause?: { code?: string } };
  return NO_CONNECTION.includes(cause?.code ?? "");
}
