/** Random values that a seed determines; the seed is TC3_EDGE_SEED, or new. */

/** The seed of this run: print it, so that a failure can be repeated. */
export const SEED = Number(process.env.TC3_EDGE_SEED ?? Date.now() % 1e9) >>> 0;

/** A stream of random values; each name gives a stream of its own. */
export class Random {
  #state: number;

  constructor(seed: number, name: string) {
    this.#state = [...name].reduce(
      (state, letter) => Math.imul(state ^ letter.charCodeAt(0), 0x01000193),
      seed ^ 0x811c9dc5,
    );
  }

  /** From 0 up to but without 1 (mulberry32). */
  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  integer(least: number, most: number): number {
    const wide = this.next() + this.next() / 2 ** 32;
    return Math.min(most, least + Math.floor(wide * (most - least + 1)));
  }

  /** True once in so many times. */
  once(times: number): boolean {
    return this.next() * times < 1;
  }

  pick<Item>(items: readonly Item[]): Item {
    return items[this.integer(0, items.length - 1)] as Item;
  }

  list<Item>(least: number, most: number, make: () => Item): Item[] {
    return Array.from({ length: this.integer(least, most) }, make);
  }

  letters(alphabet: string, least: number, most: number): string {
    return this.list(least, most, () => this.pick([...alphabet])).join("");
  }

  bytes(most: number): Uint8Array {
    return Uint8Array.from(this.list(0, most, () => this.integer(0, 255)));
  }
}
