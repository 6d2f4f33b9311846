/** Tests of the check of Node's version. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ensureNode } from "./node.mjs";

test("an old Node is told what is needed", () => {
  assert.throws(
    () => ensureNode("18.20.0"),
    /Node 20\.19 or newer is needed, and this is 18\.20\.0/,
  );
});

test("this Node will do", () => {
  ensureNode();
});
