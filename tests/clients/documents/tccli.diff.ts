/** The example for the official command line; `tests/clients/tccli/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { top } from "../../node/documents/documents.ts";
import { example, printed } from "./examples.ts";

const VENV = `${top}/target/clients/tccli`;

test("the official command line, as the sandbox's document shows it", async (t) => {
  const shown = await example(t, "sh", true);
  const PATH = `${VENV}/bin:${process.env.PATH}`;
  const env = { PATH, HOME: `${VENV}/home` };
  const answer = await printed(shown, "bash", ["-euc", shown.code], env);
  assert.equal(JSON.parse(answer).Data.length, 2);
});
