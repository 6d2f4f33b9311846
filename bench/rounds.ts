/** Times several ways of one job in one process: rounds in which each has its turn, so that what disturbs disturbs all. */

/** One way of the job; it may wait. */
export type Way = () => unknown;

/** What was measured of one way. */
export interface Timed {
  name: string;
  /** Of one call in each round, in microseconds. */
  times: number[];
}

/** About how long a turn lasts, in milliseconds. */
const TURN = 15;

/** Times each way in so many rounds, after as many calls as it takes to be compiled. */
export async function rounds(ways: Record<string, Way>, count = 15): Promise<Timed[]> {
  const turns = [];
  for (const [name, way] of Object.entries(ways)) {
    await turn(way, 200);
    const once = (await turn(way, 50)) / 50;
    turns.push({ name, way, calls: Math.max(3, Math.ceil(TURN / once)), times: [] as number[] });
  }
  for (let round = 0; round < count + 2; round += 1) {
    const inOrder = round % 2 === 0 ? turns : [...turns].reverse();
    for (const { way, calls, times } of inOrder) {
      const ms = await turn(way, calls);
      // In the first two, functions are still being optimised.
      if (round > 1) times.push((ms / calls) * 1000);
    }
  }
  return turns.map(({ name, times }) => ({ name, times }));
}

async function turn(way: Way, calls: number): Promise<number> {
  const began = performance.now();
  for (let call = 0; call < calls; call += 1) {
    const made = way();
    if (made instanceof Promise) await made;
  }
  return performance.now() - began;
}

/** A table: time of a call, and the ratio to one of them by round; and a plot of the medians. */
export function table(timed: Timed[], to: string): string {
  const base = timed.find(({ name }) => name === to)?.times ?? [];
  const longest = Math.max(...timed.map(({ times }) => median(times)));
  const width = Math.max(...timed.map(({ name }) => name.length));
  const rows = timed.map(({ name, times }) => {
    const ratios = times.map((time, round) => time / (base[round] ?? time));
    const bar = "#".repeat(Math.max(1, Math.round((median(times) / longest) * 30)));
    return `${name.padEnd(width)}  ${spread(times).padStart(28)}  ${spread(ratios).padStart(24)}  ${bar}`;
  });
  const head = `${"".padEnd(width)}  ${"µs a call".padStart(28)}  ${`times ${to}`.padStart(24)}`;
  return [head, ...rows].join("\n");
}

/** Median, and between which values the middle half lies. */
export function spread(values: number[]): string {
  const [low, middle, high] = [0.25, 0.5, 0.75].map((part) => quantile(values, part));
  return `${written(middle)} (${written(low)} to ${written(high)})`;
}

export function median(values: number[]): number {
  return quantile(values, 0.5);
}

function quantile(values: number[], part: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.round((sorted.length - 1) * part)] ?? Number.NaN;
}

function written(value = Number.NaN): string {
  return value >= 100 ? value.toFixed(0) : value.toPrecision(3);
}
