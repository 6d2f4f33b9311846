/** One test for each form of an SDK, and a table of what was compared. */

import { test } from "node:test";
import { compareSent } from "./compare.ts";
import type { Official } from "./observed.ts";
import { SEED } from "./random.ts";
import { calls, FORMS, type Sdk } from "./requests.ts";
import { compareSerialised } from "./serialised.ts";

/** Compares so many calls of each form. */
export function compareWith(sdk: Sdk, official: Official, count: number): void {
  test(`what the official ${sdk} SDK signs, this package signs`, async (t) => {
    t.diagnostic(`TC3_EDGE_SEED=${SEED} repeats this run`);
    const rows = [["form", "requests", "values", "serialised alike"]];
    for (const form of FORMS[sdk]) {
      await t.test(form, async () => {
        const list = calls(sdk, form, SEED, count);
        const observed = await official(list);
        let values = 0;
        let serialised = 0;
        for (const [at, seen] of observed.entries()) {
          const call = list[at];
          if (!call) throw new Error("more answers than calls");
          try {
            values += compareSent(sdk, call, seen);
            serialised += compareSerialised(sdk, call, seen);
          } catch (cause) {
            throw new Error(`${sdk}, ${form}, call ${at}, TC3_EDGE_SEED=${SEED}`, { cause });
          }
        }
        rows.push([form, String(observed.length), String(values), String(serialised)]);
      });
    }
    for (const row of rows)
      t.diagnostic(
        row
          .map((cell) => cell.padEnd(18))
          .join("")
          .trimEnd(),
      );
  });
}
