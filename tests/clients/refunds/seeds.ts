/** What befalls a refund on its way, made from a seed alone: so every client meets the same. */

import { Random } from "../differential/random.ts";

/** `before` and `after` say whether the call is carried out; `front.ts` says how each is done. */
export const FAULTS = [
  "none",
  "lost",
  "cut after",
  "cut inside",
  "late",
  "502 before",
  "502 after",
  "internal before",
  "internal after",
  "throttled",
  "302 before",
  "302 after",
  "malformed after",
] as const;

export type Fault = (typeof FAULTS)[number];

/** As many arrivals as have a fault; those behind them have none, so that every refund has an end. */
const ARRIVALS = 4;

/** The faults of a refund's first, second, … arrival. */
export function faultsOf(seed: number): Fault[] {
  const random = new Random(seed, "faults");
  const fault = () => (random.once(4) ? "none" : random.pick(FAULTS));
  return Array.from({ length: ARRIVALS }, fault);
}

/** The first so many seeds. */
export const upTo = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

const { TC3_EDGE_SEED, TC3_EDGE_SEEDS = "60" } = process.env;

/** Whether one seed is played again; then nothing holds that needs many. */
export const REPLAYED = TC3_EDGE_SEED !== undefined;

/** The seeds of this run: TC3_EDGE_SEED alone, or as many as TC3_EDGE_SEEDS says. */
export const SEEDS = REPLAYED ? [Number(TC3_EDGE_SEED)] : upTo(Number(TC3_EDGE_SEEDS));
