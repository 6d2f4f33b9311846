/** The example for the official Python SDK, by HTTP and by HTTPS; `tests/clients/python/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { top } from "../../node/documents/documents.ts";
import { type Example, example, printed, written } from "./examples.ts";

const python = `${top}/target/clients/python/bin/python`;

function run(shown: Example): Promise<string> {
  return printed(shown, python, [written(shown, "example.py")]);
}

test("the official Python SDK, as the sandbox's document shows it", async (t) => {
  assert.equal(await run(await example(t, "python")), "2 orders");
});

test("the official Python SDK, by HTTPS as the sandbox's document says", async (t) => {
  const shown = await example(t, "python", true);
  const code = shown.code.replace('protocol="http"', 'certification="ca.pem"');
  assert.notEqual(code, shown.code);
  assert.equal(await run({ ...shown, code }), "2 orders");
});
