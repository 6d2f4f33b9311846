/** Where a host keeps what happened, line by line, before it answers. */

/** What was kept before. */
export interface Kept {
  /** The newest state that was kept, as `Store.keepState` was given it. */
  state?: string;
  /** The lines behind that state, each a JSON text. */
  lines: Iterable<string>;
}

/** A place that keeps lines: once `append` has ended they are there, whatever happens then. */
export interface Store {
  /** Told once, at the start. */
  open(): Kept | Promise<Kept>;
  /** Keeps the lines of one call, all or none. */
  append(lines: string[]): void | Promise<void>;
  /** All lines, the oldest first. */
  lines(): Iterable<string> | Promise<Iterable<string>>;
  /** Keeps a state that follows from all lines so far, so that the next start is short. */
  keepState?(state: string): void | Promise<void>;
  /** How many lines may follow a state until another one is kept; a tenth of all, where that is more. */
  stateEvery?: number;
  /** Forgets all, and goes on from this state. */
  replace(state: string): void | Promise<void>;
  close(): void | Promise<void>;
}

/** Keeps them in memory, until it ends. */
export class MemoryStore implements Store {
  #lines: string[] = [];

  open(): Kept {
    return { lines: [] };
  }

  append(lines: string[]): void {
    this.#lines.push(...lines);
  }

  lines(): string[] {
    return this.#lines;
  }

  replace(): void {
    this.#lines = [];
  }

  close(): void {}
}
