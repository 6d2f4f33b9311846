/**
 * The heads of requests that were signed before. Most calls differ from the one before only in payload and time: then the
 * head is neither checked nor written anew, and the module goes on from what it kept (src/tc3/template.rs).
 */

import type { Credential } from "./credential.ts";

/** A head that was signed. */
export interface Head<Origin> {
  /** What it was made from, which tells whether another one would be the same. */
  origin: Origin;
  /** Under which the module kept it. */
  number: number;
  url: string;
  headers: Record<string, string>;
  /** But for the signature. */
  authorization: string;
}

/** How many heads are known of one credential: as many as a module keeps. */
export const CAPACITY = 64;

/** A signature has so many digits. */
export const DIGITS = 64;

let last = 0;

/** A number for a head, of all modules: none is used again. */
export function nextNumber(): number {
  last += 1;
  return last;
}

/** The last head of each name, by the credential that signed it: no secret is held for longer than its holder is. */
export class Heads<Origin> {
  readonly #known = new WeakMap<Credential, Map<string, Head<Origin>>>();

  find(credential: Credential, name: string): Head<Origin> | undefined {
    return this.#known.get(credential)?.get(name);
  }

  /** The number for the module; 0 for a credential that is new, as each is of who makes one for each call. */
  number(credential: Credential): number {
    if (this.#known.has(credential)) return nextNumber();
    this.#known.set(credential, new Map());
    return 0;
  }

  /** Keeps what was signed under a number, without its signature. */
  keep(
    credential: Credential,
    name: string,
    origin: Origin,
    number: number,
    { url, headers }: Pick<Head<Origin>, "url" | "headers">,
  ): void {
    const known = this.#known.get(credential);
    if (known === undefined || number === 0) return;
    if (known.size === CAPACITY) known.clear();
    const { Authorization: whole = "" } = headers;
    const authorization = whole.slice(0, -DIGITS);
    known.set(name, {
      origin,
      number,
      url,
      headers: { ...headers, Authorization: "" },
      authorization,
    });
  }
}

/** The same headers at another time, in seconds. */
export function headersAgain(
  head: Head<unknown>,
  timestamp: number,
  signature: string,
): Record<string, string> {
  // A copy whose members are set again is made faster than one that gets more.
  const headers = { ...head.headers };
  headers["X-TC-Timestamp"] = String(timestamp);
  headers.Authorization = head.authorization + signature;
  return headers;
}
