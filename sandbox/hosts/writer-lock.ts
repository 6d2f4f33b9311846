/** One writer among all tabs and workers of an origin, by a Web Lock: it goes with its holder, even with one that crashed. */

import { StoreError } from "./store-error.ts";

/** A page that is reloaded, or has crashed, may hold its lock for a moment yet. */
const PATIENCE_MS = 2000;

/** Takes the lock and gives what releases it. */
export function lockForWriting(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    navigator.locks
      .request(name, { signal: patience }, () => new Promise<void>((release) => resolve(release)))
      .catch((cause) => reject(patience.aborted ? inUse(cause) : unavailable(cause)));
  });
}

function inUse(cause: unknown): StoreError {
  const message =
    "this sandbox is open in another tab: use that one, or close it and reload this page";
  return new StoreError("inUse", message, { cause });
}

function unavailable(cause: unknown): StoreError {
  return new StoreError("unavailable", `this page may hold no lock: ${cause}`, { cause });
}
