/** A platform that may send a POST twice by itself, as Chromium and Deno do when a reused connection dies, or an unknown one. */

import type { MakeCarrier } from "./carrier.ts";

export { refuseDirect, refuseKey } from "../page.ts";

export const carrier: MakeCarrier = () => ({
  fetch: globalThis.fetch,
  sentOnce: () => false,
  neverLeft: () => false,
});
