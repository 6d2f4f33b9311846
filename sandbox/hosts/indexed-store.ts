/** Keeps what happened in the browser's IndexedDB, for one page at a time. */

import { openDatabase, result, write } from "./database.ts";
import type { Kept, Store } from "./store.ts";
import { StoreError } from "./store-error.ts";
import { lockForWriting } from "./writer-lock.ts";

/** Keeps lines and the newest state in the database of a name. */
export class IndexedStore implements Store {
  readonly stateEvery = 10_000;
  readonly #name: string;
  #database: IDBDatabase | undefined;
  #release: (() => void) | undefined;
  /** The number of the last line; lines are only ever added, so that no other writer's can be overwritten. */
  #last = 0;

  constructor(name: string) {
    this.#name = name;
  }

  /** @throws StoreError where nothing can be kept here, another page has it, or the database is something else's */
  async open(): Promise<Kept> {
    if (!globalThis.indexedDB || !navigator.locks) {
      const message = "this browser, or this way of opening the page, has no IndexedDB or no locks";
      throw new StoreError("unavailable", message);
    }
    this.#release = await lockForWriting(`sandbox ${this.#name}`);
    try {
      this.#database = await openDatabase(this.#name);
      return await this.#read();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  async #read(): Promise<Kept> {
    const transaction = this.#opened().transaction(["lines", "states"]);
    const [lines, states] = [transaction.objectStore("lines"), transaction.objectStore("states")];
    const newest = await result(states.openCursor(null, "prev"));
    const behind = newest ? IDBKeyRange.lowerBound(newest.key, true) : null;
    const last = await result(lines.openKeyCursor(null, "prev"));
    this.#last = Number(last?.key ?? 0);
    const kept: Kept = { lines: await result(lines.getAll(behind)) };
    return newest ? { ...kept, state: newest.value } : kept;
  }

  append(lines: string[]): Promise<void> {
    const first = this.#last + 1;
    this.#last += lines.length;
    return write(this.#opened(), ["lines"], (transaction) => {
      const store = transaction.objectStore("lines");
      for (const [index, line] of lines.entries()) store.add(line, first + index);
    });
  }

  lines(): Promise<string[]> {
    return result(this.#opened().transaction("lines").objectStore("lines").getAll());
  }

  keepState(state: string): Promise<void> {
    return write(this.#opened(), ["states"], (transaction) => {
      const states = transaction.objectStore("states");
      states.clear();
      states.add(state, this.#last);
    });
  }

  replace(state: string): Promise<void> {
    this.#last = 0;
    return write(this.#opened(), ["lines", "states"], (transaction) => {
      for (const name of ["lines", "states"]) transaction.objectStore(name).clear();
      transaction.objectStore("states").add(state, 0);
    });
  }

  /** What is being written is written to its end. */
  close(): void {
    this.#database?.close();
    this.#database = undefined;
    this.#release?.();
    this.#release = undefined;
  }

  #opened(): IDBDatabase {
    if (!this.#database) throw new Error("the sandbox's store is not open");
    return this.#database;
  }
}
