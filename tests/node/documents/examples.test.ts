/** What the documents show is run, against a sandbox, as it stands. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { promisify } from "node:util";
import { serveSandbox } from "../../../sandbox/hosts/node.ts";
import { blocks, DOCUMENTS, read, top } from "./documents.ts";

/** An example: what it must print, and what calls it where it only exports. */
interface Example {
  prints: RegExp;
  driver?: string;
}

/** Buys orders at the service's host, for an example that asks for them. */
const BOUGHT = `import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
const credential = { secretId: "sandbox-secret-id", secretKey: "sandbox-secret-key" };
const purchase = { PkgId: "yc1m3d", Tid: "t", OrderCount: 2, StorageRegion: "ap-guangzhou" };
const iotvideo = new Iotvideo({ credential, region: "ap-guangzhou" });
const { ServiceId } = await iotvideo.CreateStorageService(purchase);
`;

const EXAMPLES: Record<string, Example[]> = {
  "README.md": [
    { prints: /^2 orders are still valid$/ },
    {
      prints: /^\d+ 1\n\d+ 2$/,
      driver: `${BOUGHT}process.argv[2] = ServiceId;
Object.assign(process.env, { TENCENTCLOUD_SECRET_ID: credential.secretId, TENCENTCLOUD_SECRET_KEY: credential.secretKey });
await import("./example.ts");`,
    },
    {
      prints: /^\[.*"OrderId".*\]$/,
      driver: `${BOUGHT}const { default: worker } = await import("./example.ts");
const request = new Request("https://worker.example/?service=" + ServiceId);
const env = { SECRET_ID: credential.secretId, SECRET_KEY: credential.secretKey };
console.log(await (await worker.fetch(request, env)).text());`,
    },
    // The page's own recipe: tests/browser/readme.test.ts runs it in a page.
    { prints: /^page$/, driver: `console.log("page");` },
    { prints: /^false \{"InstanceIds":\["ins-1"\]\}$/ },
  ],
  "docs/calls.md": [
    {
      prints:
        /^OtaVersion must be integers joined by full stops: 0 to 63, 0 to 63, 1 to 524288\nContents\.En must have at most 300 characters\nwarning: request Md5 must have 32 characters\n5 {"Id":9007199254740993}$/,
    },
    { prints: /^function$/ },
    { prints: /^false$/ },
  ],
  "docs/services.md": [{ prints: /^false\nfunction$/ }],
  "docs/errors.md": [{ prints: /^it was refunded$/ }, { prints: /^The .*\p{Script=Han}.*clock/u }],
  "docs/outcomes.md": [
    { prints: /^DescribeStorageService, try 1\n200 true\n0$/ },
    { prints: /^function$/ },
    {
      prints: /^iotvideo\.RefundStorageService 1 200 ResourceNotFound refused\nResourceNotFound$/,
      driver: `import { trace } from "@opentelemetry/api";
const startSpan = (name, { attributes }) => {
  const said = [name, attributes["rpc.attempt"]];
  return {
    setAttribute: (key, value) => key !== "tencentcloud.request_id" && said.push(value),
    setStatus: ({ message }) => said.push(message),
    end: () => console.log(said.join(" ")),
  };
};
trace.setGlobalTracerProvider({ getTracer: () => ({ startSpan }) });
await import("./example.ts");`,
    },
  ],
  "docs/refunds.md": [
    {
      prints: /\b1001 done\b[\s\S]*\b1002 done\b/,
      driver: `${BOUGHT}import { rm } from "node:fs/promises";
const journal = new URL("refunds.journal", import.meta.url).pathname;
await rm(journal, { force: true });
process.argv.splice(2, 2, ServiceId, journal);
Object.assign(process.env, { TENCENTCLOUD_SECRET_ID: credential.secretId, TENCENTCLOUD_SECRET_KEY: credential.secretKey });
await import("./example.ts");`,
    },
    {
      prints: /^\w+ true\s*$/,
      driver: `${BOUGHT}process.argv.splice(2, 2, ServiceId);
Object.assign(process.env, { TENCENTCLOUD_SECRET_ID: credential.secretId, TENCENTCLOUD_SECRET_KEY: credential.secretKey });
await import("./example.ts");`,
    },
  ],
  "docs/signing.md": [
    {
      prints:
        /^https:\/\/iotvideo\.tencentcloudapi\.com\/ \[[\s\S]*TC3-HMAC-SHA256[\s\S]*true \[\]$/,
    },
    { prints: /^\d{3}$/ },
  ],
  "docs/diagnose.md": [{ prints: /^contentTypeDiffers true / }],
  "docs/browser.md": [
    {
      prints: /^405 200 200$/,
      driver: `${BOUGHT}const { default: gateway } = await import("./example.ts");
const statuses = [(await gateway.fetch(new Request("https://page.example/"))).status];
const fetch = async (...given) => {
  const answer = await gateway.fetch(new Request(...given));
  statuses.push(answer.status);
  return answer;
};
const page = new Iotvideo({ credential, region: "ap-guangzhou", sentHost: "page.example", fetch });
await page.DescribeStorageService({ ServiceId });
await page.RefundStorageService({ ServiceId });
console.log(statuses.join(" "));`,
    },
  ],
  "docs/migration.md": [
    { prints: /^2 orders are still valid\nResourceNotFound string$/ },
    { prints: /^2 orders are still valid\nResourceNotFound string refused$/ },
  ],
};

const folder = `${top}/test-results/examples`;
const run = promisify(execFile);
rmSync(folder, { recursive: true, force: true });

/** Runs an example in a folder of its own, with a sandbox of its own. */
async function check(name: string, code: string, { prints, driver }: Example): Promise<void> {
  const sandbox = await serveSandbox();
  const place = `${folder}/${name}`;
  mkdirSync(place, { recursive: true });
  const { host } = new URL(sandbox.url);
  writeFileSync(`${place}/example.ts`, code.replaceAll("127.0.0.1:4180", host));
  if (driver !== undefined) writeFileSync(`${place}/driver.mjs`, driver);
  const file = `${place}/${driver === undefined ? "example.ts" : "driver.mjs"}`;
  const args = ["--import", "tsx", "--import", `${top}/tests/node/documents/offline.ts`, file];
  const { stdout, stderr } = await run(process.execPath, args, { cwd: top });
  await sandbox.close();
  assert.equal(stderr, "");
  assert.match(stdout.trimEnd(), prints);
}

test("each document with code is tested", () => {
  const withCode = DOCUMENTS.filter((path) => blocks(read(path), "ts").length > 0);
  // It holds the same code as the English one: translation.test.ts.
  withCode.splice(withCode.indexOf("README.zh-CN.md"), 1);
  assert.deepEqual(withCode.sort(), Object.keys(EXAMPLES).sort());
});

for (const [path, examples] of Object.entries(EXAMPLES)) {
  const shown = blocks(read(path), "ts");
  test(`${path}: each example runs as it stands`, async () => {
    assert.equal(shown.length, examples.length);
    const name = path.replace(/\W/g, "-");
    const runs = examples.map((example, at) => check(`${name}-${at}`, shown[at] ?? "", example));
    await Promise.all(runs);
  });
}

test("each example is written in correct types", async () => {
  const tsconfig = {
    extends: "../../tsconfig.base.json",
    compilerOptions: { lib: ["ES2023", "DOM"], types: ["node"], noEmit: true, skipLibCheck: true },
    include: ["."],
  };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(tsconfig));
  const checked = run(`${top}/node_modules/.bin/tsc`, ["--project", folder]);
  await checked.catch(({ stdout }) => assert.fail(stdout));
});
