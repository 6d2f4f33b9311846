/** Modules that a page without a bundler fetches by their addresses. */

import { textOf } from "../text-of.ts";

let folder: URL | undefined;

/** Says in which folder the `.wasm` files lie, where they do not lie beside the package's own files. */
export function fetchFrom(url: string | URL): void {
  folder = new URL(url, globalThis.location?.href);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
}

/** What was asked for, so that nothing is fetched twice. */
const asked = new Map<string, Promise<WebAssembly.Module>>();

/** Compiles a module while it arrives. */
export function fetched(own: URL, name: string): Promise<WebAssembly.Module> {
  const { href } = folder ? new URL(name, folder) : own;
  const known = asked.get(href);
  if (known) return known;
  const module = compiled(href);
  asked.set(href, module);
  // The next call asks again; who waits for this one is told why it failed.
  module.catch(() => asked.delete(href));
  return module;
}

async function compiled(href: string): Promise<WebAssembly.Module> {
  const response = await fetch(href).catch((cause) => {
    throw new Error(`${href} could not be fetched: ${textOf(cause)}`);
  });
  if (!response.ok) throw new Error(`${href} answered HTTP ${response.status}`);
  if (response.headers.get("Content-Type") === "application/wasm") {
    return await WebAssembly.compileStreaming(response);
  }
  return await WebAssembly.compile(await response.arrayBuffer());
}
