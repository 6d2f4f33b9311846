/** The sandbox in a worker of its own, where neither it nor what it keeps holds up the page; hosts/page.ts calls it. */

import init, { SandboxModule, shown } from "../../build/sandbox.js";
import wasmUrl from "../../build/sandbox.wasm?url";
import { type Engine, startEngine } from "./engine.ts";
import { IndexedStore } from "./indexed-store.ts";
import type { PageOptions } from "./page.ts";
import { answerThrough } from "./port.ts";

let engine: Engine | undefined;

async function start({ keep, database = "tc3-edge-sandbox", ...options }: PageOptions) {
  await init({ module_or_path: wasmUrl });
  const store = keep === "indexeddb" ? { store: new IndexedStore(database) } : {};
  engine = await startEngine({ SandboxModule, shown }, { ...options, ...store });
}

function answer(method: string, given: unknown[]): unknown {
  if (method === "start") return start(given[0] as PageOptions);
  // The page calls what the types of its interface let it.
  const called = engine?.[method as keyof Engine] as (...given: unknown[]) => unknown;
  return called(...given);
}

addEventListener("message", ({ ports: [port] }) => port && answerThrough(port, answer), {
  once: true,
});
