/** This package and the official Node SDK, through the same faults. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { node, own } from "./clients.ts";
import { isWrong, type Row, through } from "./faults.ts";

const told = (rows: Row[]) => Object.fromEntries(rows.map((row) => [row.fault, row.told]));
const sent = (rows: Row[]) => Object.fromEntries(rows.map((row) => [row.fault, row.sent]));

test("this package tells nothing that is not so, and is not unsure where it need not be", async (t) => {
  const rows = await through(t, "tc3-edge", own);
  assert.deepEqual(rows.filter(isWrong), []);
  assert.deepEqual(told(rows), {
    none: "done",
    charset: "done",
    "wrong date": "done",
    "cut before": "unknown",
    "cut after": "unknown",
    "cut at-40": "unknown",
    late: "unknown",
    "status-502": "unknown",
    "page-502": "unknown",
    "status-302": "unknown",
    "storm-1": "done",
    "storm-9": "refused",
    missing: "refused",
    unsigned: "refused",
    internal: "unknown",
  });
  const more = Object.entries(sent(rows)).filter(([, times]) => times > 1);
  assert.deepEqual(Object.fromEntries(more), { "storm-1": 2, "storm-9": 3 });
});

test("the official Node SDK sends once, and calls failed what was done", async (t) => {
  const rows = await through(t, "tencentcloud-sdk-nodejs-common", node);
  assert(rows.every((row) => row.sent === 1));
  const wrong = rows.filter(isWrong).map(({ fault }) => fault);
  for (const fault of ["cut after", "cut at-40", "late", "status-502", "internal"] as const) {
    assert(wrong.includes(fault), fault);
  }
});
