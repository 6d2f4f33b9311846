/** The tarball that `npm pack` makes, installed in a clean folder: each of its entries can be imported and used. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const top = fileURLToPath(new URL("../..", import.meta.url));

const PROGRAM = `
import { Tc3Error, sign } from "tc3-edge";
import * as root from "tc3-edge";
import { diagnose, explainError } from "tc3-edge/explain";
import * as legacy from "tc3-edge/legacy";
import * as signer from "tc3-edge/signer";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { reference } from "tc3-edge/iotvideo/v20191126/reference";
import { signLegacy } from "tc3-edge/legacy";
import { sign as signAlone } from "tc3-edge/signer";
import meta from "tc3-edge/package.json" with { type: "json" };

const credential = { secretId: "test-id", secretKey: "test-key" };
const input = { service: "cvm", action: "A", version: "V", timestamp: 1700000000 };
const same = sign(credential, input).headers.Authorization === signAlone(credential, input).headers.Authorization;
const { signature } = signLegacy(credential, input);
const { meaningZh } = await explainError({ code: "ResourceNotFound" });
const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
const request = new Request("https://cvm.tencentcloudapi.com/", init);
const signed = await signer.signRequest(credential, request, input);
const received = { method: "POST", url: signed.url, headers: signed.headers, body: "{}" };
const { ok } = await diagnose(received, { credential, now: 1700000000000 });
const names = [root, signer, legacy].map((module) => Object.keys(module).join(" "));
const client = new Iotvideo({ credential, fetch: () => { throw new Error("sent"); } });
const error = await client.RefundStorageService({}).catch((error) => error);
console.log(JSON.stringify([meta.name, same, signature.length, typeof meaningZh, Tc3Error.is(error), error.outcome, ok, reference.actions.length, names]));
`;

const ERRORS =
  "CredentialError LimitError LoadError NetworkError OutcomeUnknownError ResponseError Tc3Error TimeoutError ValidationError";
const SIGNING = "explain parseAuthorization ready sign signAsync signRequest";

test("modules with own glue ask for random bytes, and for nothing else", async () => {
  for (const name of ["signer", "inspect", "client", "legacy"]) {
    const module = await WebAssembly.compile(await readFile(`${top}/build/${name}.wasm`));
    const asked = WebAssembly.Module.imports(module).map(({ module, name }) => `${module} ${name}`);
    assert.deepEqual(asked, ["host random"]);
  }
});

test("Node is given each class once, whichever entry it is imported from", async () => {
  const { exports } = JSON.parse(await readFile(`${top}/package.json`, "utf8"));
  const scripts = Object.keys(exports).filter((entry) => !/json$|wasm$|^\.\/web\b/.test(entry));
  for (const isOfTree of [true, false]) {
    const known = new Map<string, unknown>();
    for (const entry of scripts.filter((entry) => /^\.\/node\b/.test(entry) === isOfTree)) {
      const module = await import(entry.replace(".", "tc3-edge"));
      for (const [name, value] of Object.entries(module)) {
        if (!name.endsWith("Error")) continue;
        assert.equal(known.get(name) ?? value, value, `${name} of ${entry}`);
        known.set(name, value);
      }
      if (isOfTree || entry.endsWith("reference")) continue;
      assert.match(exports[entry].node, /^\.\/dist\/bundled\//, entry);
    }
    assert(known.size > 9);
  }
});

test("the tarball works in a clean folder, and holds what it should", async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-"));
  t.after(() => rm(folder, { recursive: true }));
  const pack = ["pack", "--json", "--silent", "--pack-destination", folder];
  const [packed] = JSON.parse((await run("npm", pack, { cwd: top })).stdout);
  const files: string[] = packed.files.map((file: { path: string }) => file.path);
  for (const file of ["LICENSE", "README.md", "CHANGELOG.md", "dist/index.d.ts"]) {
    assert(files.includes(file), `${file} is missing`);
  }
  assert.deepEqual(
    files.filter(
      (file) => !/^(dist\/|docs\/|LICENSE|[A-Z]+(\.zh-CN)?\.md|package\.json)/.test(file),
    ),
    [],
  );
  await writeFile(`${folder}/package.json`, '{ "type": "module", "private": true }');
  await writeFile(`${folder}/program.mjs`, PROGRAM);
  const install = ["install", "--offline", "--no-audit", "--no-fund", `./${packed.filename}`];
  await run("npm", install, { cwd: folder });
  const { stdout } = await run(process.execPath, ["--no-warnings", "program.mjs"], { cwd: folder });
  const said = ["tc3-edge", true, 44, "string", true, "notSent", true, 68];
  const names = [
    `ApiError Client ${ERRORS} clearKeys ${SIGNING.replace("explain ", "explain paginate ")} stringify verify`,
    `ApiError ${ERRORS} clearKeys ${SIGNING} verify`,
    `ApiError ${ERRORS} ready signLegacy skipSign`,
  ];
  assert.deepEqual(JSON.parse(stdout), [...said, names]);
  const { dependencies } = JSON.parse(await readFile(`${top}/package.json`, "utf8"));
  assert.equal(dependencies, undefined);
});
