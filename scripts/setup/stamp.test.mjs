/** Tests of fingerprints. */

import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, test } from "node:test";
import { filesBelow, fingerprint, readStamp } from "./stamp.mjs";

const folder = mkdtempSync(path.join(tmpdir(), "stamp-"));
after(() => rmSync(folder, { recursive: true }));
const one = path.join(folder, "one");
const two = path.join(folder, "inner", "two");
mkdirSync(path.dirname(two));
writeFileSync(one, "1");
writeFileSync(two, "2");

test("files are found at every depth, in a stable order", () => {
  assert.deepEqual(filesBelow(folder), [two, one]);
});

test("a path that does not exist has no files and an empty stamp", () => {
  assert.deepEqual(filesBelow(path.join(folder, "none")), []);
  assert.equal(readStamp(path.join(folder, "none")), "");
});

test("a fingerprint changes with a content, a name and what else matters, and with nothing else", () => {
  const before = fingerprint([one, two], "rustup");
  assert.equal(fingerprint([one, two], "rustup"), before);
  assert.notEqual(fingerprint([one, two], "debian"), before);
  assert.notEqual(fingerprint([one], "rustup"), before);
  writeFileSync(two, "3");
  assert.notEqual(fingerprint([one, two], "rustup"), before);
});
