/** A journal that is forgotten with its process: for tests and trials, never for money. */

import type { Journal } from "./journal.ts";

/** Makes an empty one. Whoever holds the object goes on with it, so that a test can start again after a failure. */
export function memoryJournal(): Journal {
  const kept: Uint8Array[] = [];
  return {
    async *read() {
      for (const bytes of kept) yield bytes.slice();
    },
    async append(bytes) {
      kept.push(bytes.slice());
    },
  };
}
