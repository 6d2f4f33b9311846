/** Tests of the choice of a linker, and of what a wrong route is told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ensureRoute, newestLld } from "./route.mjs";

test("the newest lld is the one with the highest number, not the last by name", () => {
  assert.equal(newestLld(["lld-9", "lld-22", "lld-19"], "lld-"), "lld-22");
});

test("an lld that is too old, or without a version, does not count", () => {
  assert.equal(newestLld(["lld", "lld-16", "lld-22-dev", "wasm-ld-22"], "lld-"), undefined);
});

test("a route that does not exist is an error that names the two that do", async () => {
  await assert.rejects(ensureRoute("nix"), /set it to rustup or debian/);
});
