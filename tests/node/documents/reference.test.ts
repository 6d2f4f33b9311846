/** docs/api is what the declarations make, and says of every export what it is. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { test } from "node:test";
import { promisify } from "node:util";
import { top } from "./documents.ts";

test("the API reference is current, and every export has its comment", async () => {
  const check = promisify(execFile)(process.execPath, ["scripts/reference.mjs", "--check"], {
    cwd: top,
  });
  await check.catch(({ stderr }) => assert.fail(stderr));
});
