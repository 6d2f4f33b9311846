/** The sandbox's IndexedDB database: opened only where it is one, and IndexedDB's events as promises. */

import { StoreError } from "./store-error.ts";

/** Of what is in it, and how. */
const VERSION = 1;
const KIND = "tc3-edge-sandbox";

/** `about` says that it is one; `lines` are numbered; a state is under the number of the last line that it follows from. */
const STORES = ["about", "lines", "states"];

/** Opens the database, or makes it. What is not a sandbox's stays as it is. */
export async function openDatabase(name: string): Promise<IDBDatabase> {
  const database = await opened(name);
  try {
    if ([...database.objectStoreNames].join() !== STORES.join()) throw foreign(name);
    const about = database.transaction("about").objectStore("about");
    if ((await result(about.get("kind"))) !== KIND) throw foreign(name);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function opened(name: string): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open(name, VERSION);
    opening.onupgradeneeded = () => {
      for (const store of STORES) opening.result.createObjectStore(store);
      opening.transaction?.objectStore("about").add(KIND, "kind");
    };
    opening.onsuccess = () => resolve(opening.result);
    opening.onerror = () => reject(opening.error);
  }).catch((cause) => {
    if (cause.name === "VersionError") throw foreign(name);
    throw new StoreError("unavailable", `this page may keep nothing: ${cause}`, { cause });
  }) as Promise<IDBDatabase>;
}

function foreign(name: string): StoreError {
  const message = `the database ${JSON.stringify(name)} is not this sandbox's: it was left as it is; give another name, or delete it`;
  return new StoreError("foreign", message);
}

/** What a request finds. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Writes all or nothing; it ends once that is on the disk. */
export function write(
  database: IDBDatabase,
  stores: string[],
  change: (transaction: IDBTransaction) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(stores, "readwrite", { durability: "strict" });
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
    change(transaction);
  });
}
