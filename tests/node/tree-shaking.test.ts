/** What a bundler leaves of the package in an application: what it calls, and no more. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { build } from "vite";

const ENTRY = "application";
const IOTVIDEO = `import { Iotvideo } from "tc3-edge/iotvideo/v20191126"; const c = new Iotvideo({});`;
const TABLE = "1 iotvideo 2019-11-26";
const TABLE_OF_STS = "1 sts 2018-08-13";

/** The application's JavaScript, minified, in one file. */
async function bundle(code: string): Promise<string> {
  const made = await build({
    configFile: false,
    logLevel: "silent",
    plugins: [
      {
        name: "application",
        resolveId: (id) => (id === ENTRY ? `\0${ENTRY}` : undefined),
        load: (id) => (id === `\0${ENTRY}` ? code : undefined),
      },
    ],
    build: {
      write: false,
      minify: true,
      target: "es2022",
      rolldownOptions: {
        input: ENTRY,
        preserveEntrySignatures: "strict",
        output: { codeSplitting: false },
      },
    },
  });
  const outputs = [made].flat().flatMap((one) => ("output" in one ? one.output : []));
  return outputs.map((file) => ("code" in file ? file.code : "")).join("\n");
}

/** How often a text stands in another. */
function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

/** JavaScript without the inlined module. */
function script(code: string): string {
  return code.replace(/"[(-~]{5000,}"/g, "");
}

test("three actions cost the table once, and hardly more than one", async (t) => {
  const one = await bundle(`${IOTVIDEO} export const f = () => c.DescribeStorageService({});`);
  const three = await bundle(
    `${IOTVIDEO} export const f = () => [c.DescribeStorageService({}), c.RefundStorageService({}), c.CreateStorageService({})];`,
  );
  assert.equal(count(three, TABLE), 1);
  assert.equal(count(three, TABLE_OF_STS), 0);
  assert(three.length - one.length < 100, `${three.length - one.length} bytes for two calls`);
  // Neither texts nor constants that nobody asked for.
  assert.doesNotMatch(three, /\p{Script=Han}|Refund a purchased|NotStarted/u);
  // Nor the forms and the streams that no action of a service version has.
  assert.doesNotMatch(three, /multipart\/form-data|text\/event-stream/);
  const packed = gzipSync(script(three), { level: 9 }).length;
  t.diagnostic(`JavaScript beside the module: ${script(three).length} bytes, ${packed} gzip`);
});

test("constants come alone, and what is not used not at all", async () => {
  const some = await bundle(
    `import { StorageOrderStatus } from "tc3-edge/iotvideo/v20191126"; export const f = StorageOrderStatus.Refunded;`,
  );
  assert(some.length < 300, some);
  const none = await bundle(
    `import { Iotvideo } from "tc3-edge/iotvideo/v20191126"; import { Sts } from "tc3-edge/sts/v20180813"; export const f = 1;`,
  );
  assert(none.length < 100, none);
});

test("an application without a service version holds no table", async () => {
  const untyped = await bundle(
    `import { Client } from "tc3-edge"; export const c = new Client({});`,
  );
  const signer = await bundle(`export { sign } from "tc3-edge/signer";`);
  for (const code of [untyped, signer]) {
    assert.equal(count(code, TABLE) + count(code, TABLE_OF_STS), 0);
  }
});

test("an error is rebuilt also where its class was left out", async () => {
  const code = await bundle(`export { Tc3Error } from "tc3-edge/signer";`);
  assert.doesNotMatch(code, /ResponseError/);
  const { Tc3Error } = await import(`data:text/javascript,${encodeURIComponent(code)}`);
  const of = { code: "c", remedy: "r", outcome: "unknown", retry: "never", attempts: 1 };
  const cause = { name: "ResponseError", ...of, status: 502, message: "n" };
  const json = { name: "OutcomeUnknownError", ...of, message: "m", cause };
  const again = Tc3Error.fromJSON(json);
  assert(again instanceof Tc3Error && again.cause instanceof Tc3Error);
  assert.deepEqual(again.toJSON(), json);
  const hostile = JSON.parse(
    '{ "name": "ApiError", "message": "m", "__proto__": { "code": "c" } }',
  );
  assert.equal(Object.getPrototypeOf(Tc3Error.fromJSON(hostile)), Tc3Error.prototype);
});
