/**
 * A journal in the storage of a Durable Object: synced before `append` ends.
 *
 * @module
 */

import { isObject, isText } from "../kinds.ts";
import { wrong } from "../problems.ts";
import { textOf } from "../text-of.ts";
import { hold } from "./held.ts";
import type { OpenJournal } from "./journal.ts";
import { JournalError } from "./journal-error.ts";

export type { Journal, OpenJournal } from "./journal.ts";
export { JournalError, type JournalFailure } from "./journal-error.ts";

/** Of a Durable Object's `ctx.storage`, what is used. */
export interface DurableObjectStorage {
  list(options: {
    prefix: string;
    startAfter?: string;
    reverse?: boolean;
    limit: number;
  }): Promise<Map<string, unknown>>;
  put(entries: Record<string, unknown>): Promise<void>;
  sync(): Promise<void>;
}

/** A value may have 128 KiB, with what the platform writes around its bytes. */
const MOST_BYTES = 128 * 1024 - 1024;

/** So many values are put at once, and read at once: 2 MB of them, where an object has 128 MB of memory. */
const MOST_ENTRIES = 128;
const BATCH = 16;

const DIGITS = 12;

/** The names of journals that are open. A platform runs one object of an id at a time, so nobody else has its storage. */
const held = new WeakMap<DurableObjectStorage, Set<string>>();

/**
 * Opens the journal of a name in an object's storage, SQLite-backed or not. Its keys are `<name>/000000000001` and so on; an
 * append of more than a value may have is kept under several.
 *
 * @throws ValidationError where it is given no storage; JournalError `JournalInUse` where this object has it open; `JournalUnavailable` where something else is under such a
 * key. Of `append`, `JournalBroken` where the storage failed: then that one and all later ones fail, until it is opened again.
 *
 * @example
 * ```ts
 * export class Refund extends DurableObject {
 *   async fetch() {
 *     const journal = await openDurableObjectJournal(this.ctx.storage);
 *     await journal.append(new TextEncoder().encode("begun\n"));
 *     await journal.close();
 *     return new Response();
 *   }
 * }
 * ```
 */
export async function openDurableObjectJournal(
  storage: DurableObjectStorage,
  name = "refund",
): Promise<OpenJournal> {
  if (!isObject(storage)) throw wrong("storage", "must be an object's `ctx.storage`", "Type");
  if (!isText(name)) throw wrong("name", "must be a text", "Type");
  const names = held.get(storage) ?? new Set();
  held.set(storage, names);
  if (names.has(name)) throw inUse(name);
  // Before anything is waited for, so that of two at once one is refused.
  names.add(name);
  try {
    // No name is then the beginning of another one's keys.
    const prefix = `${encodeURIComponent(name)}/`;
    let last = numberOf(await lastKey(storage, prefix), prefix);
    const nextKey = () => {
      last += 1;
      return prefix + String(last).padStart(DIGITS, "0");
    };
    return hold({
      name: `the journal ${JSON.stringify(name)}`,
      read: () => kept(storage, prefix),
      write: async (bytes) => {
        for (const entries of split(bytes, nextKey)) {
          await storage.put(entries);
        }
        await storage.sync();
      },
      release: () => {
        names.delete(name);
      },
    });
  } catch (error) {
    names.delete(name);
    throw error instanceof JournalError ? error : refused(name, error);
  }
}

async function lastKey(storage: DurableObjectStorage, prefix: string): Promise<string | undefined> {
  const [key] = (await storage.list({ prefix, reverse: true, limit: 1 })).keys();
  return key;
}

/** 0 where there is none yet. */
function numberOf(key: string | undefined, prefix: string): number {
  if (key === undefined) return 0;
  const number = key.slice(prefix.length);
  if (number.length === DIGITS && /^\d+$/.test(number)) return Number(number);
  throw foreign(key);
}

async function* kept(storage: DurableObjectStorage, prefix: string): AsyncGenerator<Uint8Array> {
  for (let startAfter = prefix; ; ) {
    const batch = await storage.list({ prefix, startAfter, limit: BATCH });
    for (const [key, bytes] of batch) {
      if (!(bytes instanceof Uint8Array)) throw foreign(key);
      yield bytes;
      startAfter = key;
    }
    if (batch.size < BATCH) return;
  }
}

/** What is put at once, each time in one step: all of it, but for very large appends. */
function* split(bytes: Uint8Array, nextKey: () => string): Generator<Record<string, Uint8Array>> {
  let entries: Record<string, Uint8Array> = {};
  let count = 0;
  for (let at = 0; at < bytes.length; at += MOST_BYTES) {
    if (count === MOST_ENTRIES) {
      yield entries;
      entries = {};
      count = 0;
    }
    // A copy: of a view the platform would keep all that lies under it.
    entries[nextKey()] = bytes.slice(at, at + MOST_BYTES);
    count += 1;
  }
  if (count > 0) yield entries;
}

function inUse(name: string): JournalError {
  const message = `this object has the journal ${JSON.stringify(name)} open`;
  return JournalError.of("JournalInUse", message, "Use that one, or close it first.");
}

function refused(name: string, cause: unknown): JournalError {
  const message = `the storage does not open the journal ${JSON.stringify(name)}: ${textOf(cause)}`;
  return JournalError.of("JournalUnavailable", message, "See `cause`, then open it again.", cause);
}

function foreign(key: string): JournalError {
  const message = `what is under ${JSON.stringify(key)} is no journal's; it was left as it is`;
  return JournalError.of("JournalUnavailable", message, "Give another name.");
}
