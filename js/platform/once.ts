/** workerd and Bun, which send a POST once: tests/packaging counts what arrives when a connection dies, and after a 421. */

import type { MakeCarrier } from "./carrier.ts";

export const carrier: MakeCarrier = () => ({
  fetch: globalThis.fetch,
  sentOnce: () => true,
  neverLeft: () => false,
});
