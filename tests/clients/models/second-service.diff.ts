/**
 * Further versions of IoT Video by data alone: schema files that are made from the official Python SDK's models, since
 * their texts are not ours to ship. `tests/clients/python/run` runs it.
 */

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";
import { type ClientOptions, ValidationError } from "../../../dist/index.js";

const top = fileURLToPath(new URL("../../..", import.meta.url));
const folder = `${top}target/second-service`;
const VERSIONS = ["2020-12-15", "2021-11-25"];

/** Runs a program; what it says is shown where it fails. */
function run(program: string, args: string[], cwd = top): string {
  return execFileSync(program, args, { cwd, encoding: "utf8", maxBuffer: 64 << 20 });
}

/** The name of a version's generated file. */
function fileOf(version: string): string {
  return `v${version.replaceAll("-", "")}`;
}

type Method = (request: object) => Promise<Record<string, unknown>>;
type Service = new (options: ClientOptions) => Record<string, Method>;

rmSync(folder, { recursive: true, force: true });
mkdirSync(`${folder}/schema`, { recursive: true });
copyFileSync(`${top}schema/errors.json`, `${folder}/schema/errors.json`);
for (const version of VERSIONS) {
  const args = ["tests/clients/python/schema.py", "iotvideo", fileOf(version), version];
  const schema = run("target/clients/python/bin/python", args);
  writeFileSync(`${folder}/schema/iotvideo-${version}.json`, schema);
}
run("cargo", ["build", "--quiet", "--package", "xtask", "--target-dir", "target"]);
run(`${top}target/debug/xtask`, ["generate"], folder);
for (const version of VERSIONS) {
  const made = readFileSync(`${folder}/js/generated/iotvideo/${fileOf(version)}.ts`, "utf8");
  const text = made.replaceAll(/"\.\.\/\.\.\/(client|service)\.ts"/g, '"../../dist/$1.js"');
  writeFileSync(`${folder}/${fileOf(version)}.ts`, text);
}

test("their types are right", () => {
  const compilerOptions = { noEmit: true, lib: ["ES2023", "DOM"], types: [] };
  const project = { extends: "../../tsconfig.base.json", compilerOptions, include: ["*.ts"] };
  writeFileSync(`${folder}/tsconfig.json`, JSON.stringify(project));
  run(process.execPath, ["node_modules/typescript/bin/tsc", "--project", folder]);
});

for (const version of VERSIONS) {
  test(`${version} is called, checked and read`, async (t) => {
    const schema = JSON.parse(readFileSync(`${folder}/schema/iotvideo-${version}.json`, "utf8"));
    const { Iotvideo } = (await import(pathToFileURL(`${folder}/${fileOf(version)}.ts`).href)) as {
      Iotvideo: Service;
    };
    const told: string[] = [];
    const client = new Iotvideo({
      credential: { secretId: "test-id", secretKey: "test-key" },
      fetch: async () => new Response('{"Response":{"RequestId":"r","TotalCount":"7"}}'),
      hooks: { onWarning: ({ path, code }) => told.push(`${path} ${code}`) },
    });
    for (const { name, input, output } of schema.actions) {
      const method = client[name]?.bind(client) as Method;
      assert.equal((await method({})).RequestId, "r");
      const counts = output.some((field: { name: string }) => field.name === "TotalCount");
      assert.deepEqual(told.splice(0), counts ? ["TotalCount Type"] : [], name);
      const [first = { name: "Nothing" }] = input;
      const error = await method({ [`${first.name}_`]: 1 }).catch((error) => error);
      assert(error instanceof ValidationError, name);
      if (input.length > 0) assert.match(error.message, /did you mean `\w+`\?$/);
    }
    const made = readFileSync(`${folder}/${fileOf(version)}.ts`, "utf8");
    const [, table = ""] = /const table = `(.*?)`/s.exec(made) ?? [];
    const { length } = gzipSync(table, { level: 9 });
    const { actions, structures } = schema;
    assert(actions.length > 50 && structures.length > 20);
    t.diagnostic(
      `${actions.length} actions, ${structures.length} structures; table ${table.length} bytes, ${length} gzip`,
    );
  });
}
