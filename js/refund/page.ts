/**
 * A journal in a browser's IndexedDB: on the disk before `append` ends, and one tab or worker at a time has it.
 *
 * @module
 */

import { textOf } from "../text-of.ts";
import { hold } from "./held.ts";
import type { OpenJournal } from "./journal.ts";
import { JournalError } from "./journal-error.ts";

export type { Journal, OpenJournal } from "./journal.ts";
export { JournalError, type JournalFailure } from "./journal-error.ts";

/** By this name a database of ours is told from another one. */
const STORE = "tc3-edge-journal";
const VERSION = 1;

/** A page that is reloaded, or has crashed, may hold its lock for a moment yet. */
const PATIENCE_MS = 2000;

/** How many appends are in memory at once while all are read. */
const BATCH = 64;

/** What one append kept; its number is the database's. */
interface Kept {
  number: number;
  bytes: Uint8Array;
}

/**
 * Opens the journal in the database of a name, or makes it, for this origin. A Web Lock is held until it is closed or its tab
 * is gone, even by a crash; another tab's is waited for two seconds.
 *
 * A browser may evict what pages keep when its disk is full. It is asked once not to (`navigator.storage.persist`); where it
 * or its user refuses, the journal works, and may be evicted. A person who clears the site's data clears the journal too.
 *
 * @throws JournalError `JournalInUse` where another tab holds it; `JournalUnavailable` where there are no Web Locks or no
 * IndexedDB, as on a page that came by plain HTTP, or where the database is something else's. Of `append`, `JournalBroken`
 * where nothing more can be kept: then that one and all later ones fail, until it is opened again.
 *
 * @example
 * ```ts
 * const journal = await openPageJournal("refund-4711");
 * await journal.append(new TextEncoder().encode("begun\n"));
 * for await (const bytes of journal.read()) console.log(new TextDecoder().decode(bytes));
 * await journal.close();
 * ```
 */
export async function openPageJournal(name = "tc3-edge-refund"): Promise<OpenJournal> {
  // Each is read by its name: neither stands in every browser, and a policy may take it away.
  if (!globalThis.indexedDB || !globalThis.navigator?.locks) throw missing();
  const release = await lock(name);
  try {
    const database = await open(name);
    // Not waited for: a browser may ask its user, who may never answer.
    navigator.storage?.persist?.().catch(() => {});
    return hold({
      name: `the journal ${JSON.stringify(name)}`,
      read: () => kept(database),
      write: (bytes) => write(database, bytes),
      release: () => {
        database.close();
        release();
      },
    });
  } catch (error) {
    release();
    throw error;
  }
}

/** Takes the lock and gives what releases it. */
function lock(name: string): Promise<() => void> {
  return new Promise((resolve, reject) => {
    const patience = AbortSignal.timeout(PATIENCE_MS);
    navigator.locks
      .request(`tc3-edge refund ${name}`, { signal: patience }, () => new Promise<void>(resolve))
      .catch((cause) => reject(patience.aborted ? inUse(name, cause) : refused(name, cause)));
  });
}

/** Opens the database, or makes it. What is not a journal stays as it is. */
async function open(name: string): Promise<IDBDatabase> {
  const opening = () => {
    const request = indexedDB.open(name, VERSION);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(STORE, { keyPath: "number", autoIncrement: true });
    };
    return result(request);
  };
  const database = await Promise.resolve()
    .then(opening)
    .catch((cause) => {
      throw cause?.name === "VersionError" ? foreign(name) : refused(name, cause);
    });
  if ([...database.objectStoreNames].join() === STORE) return database;
  database.close();
  throw foreign(name);
}

/** In order. A transaction does not outlast a reader that waits for something else, so each batch has its own. */
async function* kept(database: IDBDatabase): AsyncGenerator<Uint8Array> {
  for (let last = 0; ; ) {
    const store = database.transaction(STORE).objectStore(STORE);
    const batch: Kept[] = await result(store.getAll(IDBKeyRange.lowerBound(last, true), BATCH));
    for (const { number, bytes } of batch) {
      yield bytes;
      last = number;
    }
    if (batch.length < BATCH) return;
  }
}

/** All or nothing; it ends once that is on the disk. */
function write(database: IDBDatabase, bytes: Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(STORE, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    transaction.objectStore(STORE).add({ bytes });
  });
}

/** What a request finds. */
function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function missing(): JournalError {
  const message = "this browser, or this way of opening the page, has no IndexedDB or no Web Locks";
  const remedy = "Open the page by https, or from localhost, in a current browser.";
  return JournalError.of("JournalUnavailable", message, remedy);
}

function inUse(name: string, cause: unknown): JournalError {
  const message = `the journal ${JSON.stringify(name)} is held by another tab or worker of this site`;
  const remedy = "Use that tab; or close it, and open the journal again.";
  return JournalError.of("JournalInUse", message, remedy, cause);
}

function refused(name: string, cause: unknown): JournalError {
  const message = `this page may not keep the journal ${JSON.stringify(name)}: ${textOf(cause)}`;
  const remedy = "Allow this site to keep data, or use another browser.";
  return JournalError.of("JournalUnavailable", message, remedy, cause);
}

function foreign(name: string): JournalError {
  const message = `the database ${JSON.stringify(name)} is no journal; it was left as it is`;
  return JournalError.of("JournalUnavailable", message, "Give another name, or delete it.");
}
