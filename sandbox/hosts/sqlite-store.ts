/** Keeps what happened in a file, by SQLite: each call's lines in one transaction, on the disk before it is answered. */

import type { Kept, Store } from "./store.ts";

/** Of `node:sqlite`, what is used: its types come with a later Node than the oldest that is supported. */
interface Database {
  exec(sql: string): void;
  prepare(sql: string): {
    run(...values: (string | number)[]): unknown;
    get(...values: (string | number)[]): Record<string, unknown> | undefined;
    iterate(...values: (string | number)[]): Iterable<Record<string, unknown>>;
  };
  close(): void;
}

type Statement = ReturnType<Database["prepare"]>;

/** By these a file of ours is told from another one: "tc3s" and the form of its tables. */
const APPLICATION_ID = 0x74_63_33_73;
const VERSION = 1;

const TABLES = `
  CREATE TABLE event (number INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;
  CREATE TABLE state (after INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;
  PRAGMA application_id = ${APPLICATION_ID};
  PRAGMA user_version = ${VERSION};
`;

/**
 * Opens a file, or makes it.
 *
 * @throws Error where this Node has no SQLite, the file is another program's, or another process has it open
 */
export async function openSqliteStore(file: string): Promise<SqliteStore> {
  const { DatabaseSync } = await load();
  const database = new DatabaseSync(file);
  try {
    return new SqliteStore(claim(database, file));
  } catch (error) {
    database.close();
    throw new Error(why(error, file), { cause: error });
  }
}

async function load(): Promise<{ DatabaseSync: new (file: string) => Database }> {
  // Not for the compiler to look up: the types of the oldest supported Node do not know it.
  const name: string = "node:sqlite";
  try {
    return await import(name);
  } catch (cause) {
    const message = `--data needs node:sqlite, which Node ${process.version} does not have: use Node 22.13 or newer, or leave --data out`;
    throw new Error(message, { cause });
  }
}

/** Takes the file for this process alone, and makes its tables where it is new. */
function claim(database: Database, file: string): Database {
  // With an exclusive lock nothing but this process reads the file, and no memory is shared through another one.
  database.exec("PRAGMA locking_mode = EXCLUSIVE; PRAGMA busy_timeout = 0;");
  const number = (pragma: string) => Number(database.prepare(`PRAGMA ${pragma}`).get()?.[pragma]);
  const isNew =
    database.prepare("SELECT count(*) AS tables FROM sqlite_schema").get()?.tables === 0;
  const ours = number("application_id") === APPLICATION_ID;
  if (!isNew && !ours)
    throw new Error(`${file} is a database, but no sandbox's; nothing was changed`);
  if (ours && number("user_version") !== VERSION) {
    throw new Error(`${file} was written by another version of the sandbox; nothing was changed`);
  }
  database.exec("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;");
  // Also takes the lock, which a later reader would wait for.
  database.exec(`BEGIN EXCLUSIVE; ${isNew ? TABLES : ""} COMMIT;`);
  return database;
}

function why(error: unknown, file: string): string {
  const { message } = error as Error;
  if (/locked|busy/i.test(message)) {
    return `${file} is open in another process: one sandbox at a time writes a file; stop that one, or give another --data`;
  }
  if (/not a database/i.test(message)) return `${file} is no database; nothing was changed`;
  return message;
}

export class SqliteStore implements Store {
  /** A start reads so many lines at most, which takes a fraction of a second. */
  readonly stateEvery = 10_000;
  readonly #database: Database;
  readonly #insert: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#insert = database.prepare("INSERT INTO event (line) VALUES (?)");
  }

  open(): Kept {
    const newest = this.#database.prepare(
      "SELECT after, text FROM state ORDER BY after DESC LIMIT 1",
    );
    const found = newest.get();
    const state = found?.text as string | undefined;
    return {
      ...(state !== undefined && { state }),
      lines: this.#after(Number(found?.after ?? 0)),
    };
  }

  append(lines: string[]): void {
    this.#all(() => {
      for (const line of lines) this.#insert.run(line);
    });
  }

  lines(): Iterable<string> {
    return this.#after(0);
  }

  keepState(state: string): void {
    const keep = this.#database.prepare(
      "INSERT INTO state SELECT coalesce(max(number), 0), ? FROM event",
    );
    this.#all(() => {
      this.#database.exec("DELETE FROM state");
      keep.run(state);
    });
  }

  replace(state: string): void {
    const keep = this.#database.prepare("INSERT INTO state VALUES (0, ?)");
    this.#all(() => {
      this.#database.exec("DELETE FROM event; DELETE FROM state");
      keep.run(state);
    });
  }

  close(): void {
    this.#database.close();
  }

  *#after(number: number): Generator<string> {
    const select = this.#database.prepare(
      "SELECT line FROM event WHERE number > ? ORDER BY number",
    );
    for (const { line } of select.iterate(number)) yield line as string;
  }

  /** All of it or nothing. */
  #all(work: () => void): void {
    this.#database.exec("BEGIN IMMEDIATE");
    try {
      work();
      this.#database.exec("COMMIT");
    } catch (error) {
      this.#database.exec("ROLLBACK");
      throw error;
    }
  }
}
