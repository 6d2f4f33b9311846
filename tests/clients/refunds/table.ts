/** `node --import tsx tests/clients/refunds/table.ts [seeds]`: every client that is installed, as one table in Markdown. */

import { isThere, PEERS } from "./clients.ts";
import { count, measure } from "./measure.ts";
import { SEEDS, upTo } from "./seeds.ts";

const [given] = process.argv.slice(2);
const seeds = given === undefined ? SEEDS : upTo(Number(given));

console.log(`| client | refunds | arrived twice | after it was carried out | misreported | given up | unknown | done |
| --- | --- | --- | --- | --- | --- | --- | --- |`);
for (const peer of PEERS) {
  const cells = isThere(peer)
    ? Object.values(count(await measure(peer, seeds)))
    : ["not run", "", "", "", "", "", ""];
  console.log(`| ${[peer.name, ...cells].join(" | ")} |`);
}
