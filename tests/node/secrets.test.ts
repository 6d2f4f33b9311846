/**
 * The suites, run with secrets that can be searched for: neither their output, nor an error with its causes, nor what
 * a hook is told may hold the key, the token, a derived key or a signature.
 */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";

/** They sign with other keys, or run programs and packages of their own. */
const OTHERS = [
  "diagnose-vectors",
  "hover",
  "memory",
  "package",
  "secrets",
  "tree-shaking",
  "vectors",
];

const here = path.dirname(fileURLToPath(import.meta.url));
const SUITES = readdirSync(here)
  .filter((file) => file.endsWith(".test.ts"))
  .map((file) => file.slice(0, -".test.ts".length))
  .filter((name) => !OTHERS.includes(name));
// Below the repository, so that the package is found by its name.
const folder = mkdtempSync(path.join(here, "../../target/secrets-"));
after(() => rmSync(folder, { recursive: true }));

interface Run {
  code: number;
  output: string;
  secrets: string[];
  things: string[];
}

/** Runs a test file with secrets of its own, and records what it makes. */
async function run(file: string): Promise<Run> {
  const record = path.join(folder, `${randomBytes(6).toString("hex")}.json`);
  const random = () => `planted-${randomBytes(12).toString("hex")}`;
  const [key, token] = [random(), random()];
  const env = {
    ...process.env,
    NODE_TEST_CONTEXT: undefined,
    TC3_EDGE_RECORD: record,
    TC3_EDGE_TEST_KEY: key,
    TC3_EDGE_TEST_TOKEN: token,
  };
  const args = ["--import", "tsx", "--import", path.join(here, "record.ts"), file];
  const { code, output } = await new Promise<{ code: number; output: string }>((resolve) => {
    execFile(process.execPath, args, { env, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      resolve({ code: error ? 1 : 0, output: stdout + stderr });
    });
  });
  const { secrets, things } = JSON.parse(readFileSync(record, "utf8"));
  return { code, output, secrets: [key, token, ...secrets], things };
}

/** Where a secret stands, without the secret. */
function leaks({ output, secrets, things }: Run): string[] {
  const places = [["the output", output], ...things.map((thing) => [thing.slice(0, 80), thing])];
  return places
    .filter(([, text = ""]) => secrets.some((secret) => text.includes(secret)))
    .map(([name = ""]) => name);
}

for (const suite of SUITES) {
  test(`${suite} shows no secret`, async (t) => {
    const found = await run(path.join(here, `${suite}.test.ts`));
    assert.equal(found.code, 0, found.output);
    assert.deepEqual(leaks(found), []);
    t.diagnostic(`${found.things.length} things searched for ${found.secrets.length} secrets`);
  });
}

test("a leak of each kind is found", async () => {
  const leaky = (code: string) => {
    const file = path.join(folder, `${randomBytes(6).toString("hex")}.ts`);
    const imports = [
      `import { sign, Tc3Error } from "tc3-edge";`,
      `import { credential, token } from ${JSON.stringify(path.join(here, "credential.ts"))};`,
      `import { seen } from ${JSON.stringify(path.join(here, "recorder.ts"))};`,
      `const input = { service: "cvm", action: "A", version: "V", timestamp: 1 };`,
      `const signed = sign({ ...credential, token }, input).headers.Authorization;`,
      `const details = { code: "C", remedy: "", outcome: "notSent", retry: "never", attempts: 0 };`,
    ];
    writeFileSync(file, [...imports, code].join("\n"));
    return run(file);
  };
  for (const code of [
    "console.log(credential.secretKey);",
    "console.error(signed);",
    "new Tc3Error(token, details);",
    "new Tc3Error('m', { ...details, cause: new Error('a', { cause: signed }) });",
    "seen({ deep: [{ down: credential }] });",
    `const { createHmac } = await import("node:crypto");
     const hmac = (key, text) => createHmac("sha256", key).update(text).digest();
     seen(hmac("TC3" + credential.secretKey, "1970-01-01").toString("hex"));`,
  ]) {
    assert.equal(leaks(await leaky(code)).length, 1, code);
  }
  assert.deepEqual(leaks(await leaky("console.log('nothing');")), []);
});
