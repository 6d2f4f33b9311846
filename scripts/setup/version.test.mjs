/** Tests of version comparison. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { atLeast } from "./version.mjs";

const cases = /** @type {const} */ ([
  ["20.19.0", "20.19", true],
  ["20.18.3", "20.19", false],
  ["24.0.0", "20.19", true],
  ["rustc 1.96.0 (ac68faa20 2026-01-01)", "1.95", true],
  ["rustc 1.94.1 (ac68faa20 2026-01-01)", "1.95", false],
  ["1.9.0", "1.10", false],
  ["", "1.95", false],
]);

for (const [version, minimum, expected] of cases) {
  test(`"${version}" is ${expected ? "" : "not "}at least ${minimum}`, () => {
    assert.equal(atLeast(version, minimum), expected);
  });
}
