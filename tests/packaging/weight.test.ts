/** The budgets of the one official build, beside what others weigh. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { installed, type Platform, type Weight, weigh } from "./weight.ts";

const KB = 1024;
const SIGNER = `import { sign } from "tc3-edge/signer"; export default sign;`;
const CLIENT = `import { Iotvideo } from "tc3-edge/iotvideo/v20191126"; export default Iotvideo;`;

/** What may not be exceeded, and what is aimed at, in bytes after gzip. */
const BUDGETS: [name: string, Platform, program: string, limit: number, aim: number][] = [
  ["the signer in a Worker", "workerd", SIGNER, 12 * KB, 9 * KB],
  ["the client with IoT Video in a Worker", "workerd", CLIENT, 30 * KB, 23 * KB],
  ["the signer in a page", "browser", SIGNER, 16 * KB, 12 * KB],
  ["the client with IoT Video in a page", "browser", CLIENT, 40 * KB, 30 * KB],
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

for (const [name, platform, program, limit, aim] of BUDGETS) {
  test(`${name} weighs at most ${limit / KB} KB`, async (t) => {
    const weight = await weigh(place.folder, platform, program);
    t.diagnostic(`${name}: ${say(weight)}; aim ${aim}`);
    assert(weight.gzip <= limit, `${name}: ${say(weight)}; the budget is ${limit}`);
  });
}

test("what others weigh, bundled the same way", async (t) => {
  for (const [name, platform, program] of PEERS) {
    const weight = await weigh(place.folder, platform, program);
    t.diagnostic(`${name} (${platform}): ${say(weight)}`);
    assert(weight.gzip > 1000, name);
  }
});
