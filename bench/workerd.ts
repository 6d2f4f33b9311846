/**
 * The small signed POST of `sign.ts` in workerd, beside what signs there. `node --import tsx bench/workerd.ts`. A Worker's
 * clock stands still while it computes, so the time of a request that signs often is taken from outside, less one that
 * does not sign. It never fails by a time.
 */

import { bundle, installWorkerd, start } from "./elsewhere/workerd.ts";
import { median, rounds, table } from "./rounds.ts";

const folder = installWorkerd();
const source = 'export { default } from "./worker.ts";';
const { ask, stop } = await start(folder, await bundle(folder, "signing", source));

/** In one request, whose own time is small beside them. */
const CALLS = 1000;
const names: string[] = JSON.parse(await ask({}));
const requests = names.map((way) => [way, () => ask({ way, calls: `${CALLS}` })] as const);
const empty = () => ask({ way: names[0] ?? "", calls: "0" });
const [none, ...timed] = await rounds({ none: empty, ...Object.fromEntries(requests) });
stop();
const without = none ? median(none.times) : 0;
const each = timed.map(({ name, times }) => ({
  name,
  times: times.map((time) => (time - without) / CALLS),
}));
console.log("\nA small signed POST in workerd; in brackets the middle half of 15 rounds.\n");
console.log(table(each, "SDK sign3"));
