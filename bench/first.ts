/**
 * The first use: from before the import to the first signature, in fresh processes of Node; and in workerd, from its start to
 * the first answer, less that of a Worker that does nothing. `node --import tsx bench/first.ts`. It never fails by a time.
 */

import { execFileSync } from "node:child_process";
import { bundle, installWorkerd, start } from "./elsewhere/workerd.ts";
import { median, type Timed, table } from "./rounds.ts";

const OURS = `const { sign } = await import("tc3-edge/signer");
const signed = sign({ secretId: "a", secretKey: "b" }, { service: "iotvideo", action: "A", version: "2019-11-26", payload: "{}" });`;
const AWS = `const { AwsClient } = await import("aws4fetch");
const client = new AwsClient({ accessKeyId: "a", secretAccessKey: "b", service: "s", region: "r" });
const signed = await client.sign("https://example.com/", { method: "POST", body: "{}" });`;
const ways = { "tc3-edge": OURS, aws4fetch: AWS };

/** In turn, so that what disturbs disturbs all. */
async function inTurn(
  measures: Record<string, () => number | Promise<number>>,
  count: number,
): Promise<Timed[]> {
  const timed = Object.keys(measures).map((name) => ({ name, times: [] as number[] }));
  for (let round = -1; round < count; round += 1) {
    for (const { name, times } of timed) {
      const ms = (await measures[name]?.()) ?? Number.NaN;
      // The first is for what the disk has to be read for.
      if (round >= 0) times.push(ms * 1000);
    }
  }
  return timed;
}

function inNode(program: string): number {
  const source = `const began = performance.now();
${program}
console.log(signed ? performance.now() - began : "");`;
  const args = ["--input-type=module", "--eval", source];
  return Number(execFileSync(process.execPath, args, { encoding: "utf8" }));
}

console.log(
  `Node ${process.version}: import and first signature; in brackets the middle half of 21 rounds.\n`,
);
const node = Object.entries(ways).map(([name, program]) => [name, () => inNode(program)] as const);
console.log(table(await inTurn(Object.fromEntries(node), 21), "aws4fetch"));

const folder = installWorkerd();
const answer = (program: string) => `export default { async fetch() {
${program}
return new Response(String(!!signed)); } };`;
const workers: Record<string, string> = { none: answer("const signed = true;") };
for (const [name, program] of Object.entries(ways)) {
  // A bundle has no import that waits.
  const [imported = "", ...rest] = program.split("\n");
  const now = imported.replace(/^const (.*) = await import\((.*)\);$/, "import $1 from $2;");
  workers[name] = `${now}\n${answer(rest.join("\n"))}`;
}
const measures: Record<string, () => Promise<number>> = {};
for (const [name, source] of Object.entries(workers)) {
  const config = await bundle(folder, name, source);
  measures[name] = async () => {
    const began = performance.now();
    const { ask, stop } = await start(folder, config);
    if ((await ask({})) !== "true") throw new Error(`${name} did not sign`);
    const ms = performance.now() - began;
    stop();
    return ms;
  };
}
const [none, ...timed] = await inTurn(measures, 21);
const without = none ? median(none.times) : 0;
const more = timed.map(({ name, times }) => ({ name, times: times.map((time) => time - without) }));
console.log(
  `\nworkerd: beyond the ${(without / 1000).toFixed(1)} ms of a Worker that does nothing\n`,
);
console.log(table(more, "aws4fetch"));
