/** What the README shows is run, against a sandbox of its own, and its commands exist. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { serveSandbox } from "../../sandbox/hosts/node.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));
const readme = await readFile(`${top}/README.md`, "utf8");
const examples = [...readme.matchAll(/```ts\n(.*?)```/gs)].map(([, code = ""]) => code);

const EXPECTED = [
  /^\S+: 2 orders are still valid \(\S+\)$/m,
  /^OtaVersion must be integers joined by full stops: 0 to 63, 0 to 63, 1 to 524288\nContents\.En must have at most 300 characters\nwarning: request Md5 must have 32 characters\n5 {"Id":9007199254740993}$/m,
  /https:\/\/iotvideo\.tencentcloudapi\.com\/ \[[\s\S]*POST[\s\S]*TC3-HMAC-SHA256[\s\S]*true \[\]/,
  /^\d{3}$/m,
  /^false\nfunction$/m,
  /^contentTypeDiffers true /m,
];

test("each example runs as it stands", async (t) => {
  const sandbox = await serveSandbox({ strict: true });
  t.after(() => sandbox.close());
  assert.equal(examples.length, EXPECTED.length);
  await mkdir(`${top}/test-results`, { recursive: true });
  for (const [at, expected] of EXPECTED.entries()) {
    const file = `${top}/test-results/readme-${at}.ts`;
    await writeFile(file, examples[at]?.replace("http://127.0.0.1:4180", sandbox.url) ?? "");
    const run = promisify(execFile)(process.execPath, ["--import", "tsx", file], { cwd: top });
    const { stdout, stderr } = await run;
    assert.equal(stderr, "");
    assert.match(stdout, expected);
  }
});

test("each command that is named exists", async () => {
  const { scripts } = JSON.parse(await readFile(`${top}/package.json`, "utf8"));
  const named = [...readme.matchAll(/`npm (?:run )?([a-z:]+)/g)].map(([, name = ""]) => name);
  assert(named.includes("start") && named.includes("test"));
  for (const name of named) assert(name in scripts, `npm ${name} is in the README only`);
});
