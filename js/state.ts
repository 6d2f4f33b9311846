/** What a client remembers from call to call; the core decides what becomes of it. */

import type { Target } from "./targets.ts";

/** One client's. */
export interface ClientState {
  /** For repeats; the core caps it. */
  budget: number;
  /** How far the service's clock is from the caller's, in milliseconds. */
  clockOffset: number;
  /** When each rate-limited action may be sent next, by `performance.now()`. */
  due: Map<string, number>;
  /** The last of those who wait in order, of each queue. */
  queues: Map<string, Promise<void>>;
  /** How many calls are on their way, and who waits to be next. */
  running: number;
  waiting: (() => void)[];
  /** Of calls whose outcome is not known. */
  open: Target[];
}

export function newState(): ClientState {
  return {
    budget: 0xffff_ffff,
    clockOffset: 0,
    due: new Map(),
    queues: new Map(),
    running: 0,
    waiting: [],
    open: [],
  };
}
