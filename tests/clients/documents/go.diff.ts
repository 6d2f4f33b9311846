/** The example for the official Go SDK; `tests/clients/go/run` runs it. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { top } from "../../node/documents/documents.ts";
import { example, printed, written } from "./examples.ts";

test("the official Go SDK, as the sandbox's document shows it", async (t) => {
  const shown = await example(t, "go");
  const file = written(shown, "example.go");
  assert.equal(await printed(shown, "gofmt", ["-l", file]), "");
  const args = ["run", "-C", `${top}/tests/clients/go`, "-mod=readonly", file];
  const { Response } = JSON.parse(await printed(shown, "go", args));
  assert.equal(Response.Data.length, 2);
});
