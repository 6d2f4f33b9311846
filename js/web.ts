/**
 * The same as `tc3-edge`, for pages without a bundler: modules are fetched by their addresses and compiled while they
 * arrive, so synchronous functions need `await init()` first.
 *
 * @module
 */

import { start } from "./core.ts";
import { clientCore } from "./load/client.ts";
import { fetchFrom } from "./load/fetched.ts";
import { ready } from "./signer.ts";

export * from "./index.ts";

/**
 * Fetches and compiles what the functions and clients of this entry need.
 *
 * @param url the folder of the package's `.wasm` files, with or without a slash at its end @default that of the package
 * @throws LoadError
 */
export async function init(url?: string | URL): Promise<void> {
  if (url !== undefined) fetchFrom(url);
  await Promise.all([start(clientCore), ready()]);
}
