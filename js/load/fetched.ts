/** Modules that a page without a bundler fetches by their addresses. */

import { textOf } from "../text-of.ts";

let folder: URL | undefined;

/** Says in which folder the `.wasm` files lie, where they do not lie beside the package's own files. */
export function fetchFrom(url: string | URL): void {
  folder = new URL(url, globalThis.location?.href);
  if (!folder.pathname.endsWith("/")) folder.pathname += "/";
}

/** Compiles a module while it arrives. */
export async function fetched(own: URL, name: string): Promise<WebAssembly.Module> {
  const url = folder ? new URL(name, folder) : own;
  const response = await fetch(url).catch((cause) => {
    throw new Error(`${url.href} could not be fetched: ${textOf(cause)}`);
  });
  if (!response.ok) throw new Error(`${url.href} answered HTTP ${response.status}`);
  if (response.headers.get("Content-Type") === "application/wasm") {
    return await WebAssembly.compileStreaming(response);
  }
  return await WebAssembly.compile(await response.arrayBuffer());
}
