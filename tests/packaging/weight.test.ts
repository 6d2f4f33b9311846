/** The budgets of the one official build, beside what others weigh. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { installed, type Platform, type Weight, weigh } from "./weight.ts";

const KB = 1024;
const SIGNER = `import { sign } from "tc3-edge/signer"; export default sign;`;
const CLIENT = `import { Iotvideo } from "tc3-edge/iotvideo/v20191126"; export default Iotvideo;`;

/** The budget and the aim, and what is reached so far, which may not be lost again; in bytes after gzip. */
const BUDGETS: [
  name: string,
  Platform,
  program: string,
  budget: number,
  aim: number,
  soFar: number,
][] = [
  ["the signer in a Worker", "workerd", SIGNER, 12 * KB, 9 * KB, 25_600],
  ["the client with IoT Video in a Worker", "workerd", CLIENT, 30 * KB, 23 * KB, 52_700],
  ["the signer in a page", "browser", SIGNER, 16 * KB, 12 * KB, 27_000],
  ["the client with IoT Video in a page", "browser", CLIENT, 40 * KB, 30 * KB, 55_400],
];

/** What docs/runtimes.md says of each, in thousand bytes; compressors differ by a little. */
const DOCUMENTED: [row: string, Platform, program: string][] = [
  ["`sign`", "workerd", SIGNER],
  ["`sign`", "browser", SIGNER],
  ["a client", "workerd", CLIENT],
  ["a client", "browser", CLIENT],
];

const PEERS: [name: string, Platform, program: string][] = [
  ["aws4fetch", "workerd", `import { AwsClient } from "aws4fetch"; export default AwsClient;`],
  [
    "@smithy/signature-v4",
    "browser",
    `import { SignatureV4 } from "@smithy/signature-v4"; import { Sha256 } from "@aws-crypto/sha256-js";
     export default [SignatureV4, Sha256];`,
  ],
  [
    "the official SDK",
    "workerd",
    `import { CommonClient } from "tencentcloud-sdk-nodejs-common"; export default CommonClient;`,
  ],
];

let place: Awaited<ReturnType<typeof installed>>;
before(async () => {
  place = await installed();
});
after(() => place.remove());

function say(weight: Weight): string {
  const { minified, gzip, wasm } = weight;
  return `${minified} bytes minified, ${gzip} gzip, of which wasm ${wasm}`;
}

for (const [name, platform, program, budget, aim, soFar] of BUDGETS) {
  test(`${name} weighs no more than it did`, async (t) => {
    const weight = await weigh(place.folder, platform, program);
    t.diagnostic(`${name}: ${say(weight)}; budget ${budget}, aim ${aim}`);
    assert(weight.gzip <= soFar, `${name}: ${say(weight)}; it was at most ${soFar}`);
  });

  const todo = soFar > budget ? `not reached yet: ${soFar} bytes` : false;
  test(`${name} is within its budget of ${budget / KB} KB`, { todo }, async () => {
    const { gzip } = await weigh(place.folder, platform, program);
    assert(gzip <= budget, `${gzip} bytes, and the budget is ${budget}`);
  });
}

test("what others weigh, bundled the same way, and what the documents say of all", async (t) => {
  const text = await readFile(new URL("../../docs/runtimes.md", import.meta.url), "utf8");
  for (const [name, platform, program] of [...DOCUMENTED, ...PEERS]) {
    const weight = await weigh(place.folder, platform, program);
    t.diagnostic(`${name} (${platform}): ${say(weight)}`);
    const row = text.split("\n").find((line) => line.startsWith(`| ${name}`));
    const said = Number(row?.split("|")[platform === "workerd" ? 2 : 3]);
    assert(Math.abs(said - weight.gzip / 1000) < 0.3, `${name}: ${said} is said in ${row}`);
  }
});
