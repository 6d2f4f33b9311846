/** A journal that forgets with its process: for trials, and for callers who can ask the service again. */

import type { Journal } from "./journal.ts";

export function memoryJournal(): Journal {
  const kept: Uint8Array[] = [];
  return {
    async *read() {
      yield* [...kept];
    },
    async append(bytes) {
      kept.push(bytes.slice());
    },
  };
}
