/** workerd and Bun, which send a POST once: tests/packaging counts what arrives when a connection dies, and after a 421. */

import type { MakeCarrier } from "./carrier.ts";

/** No page is there. */
export const refuseKey = (): void => {};
/** Nor here. */
export const refuseDirect = (): void => {};

export const carrier: MakeCarrier = () => ({
  fetch: globalThis.fetch,
  sentOnce: () => true,
  neverLeft: () => false,
});
