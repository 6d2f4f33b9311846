/** A refund whose module breaks behind a request: what was sent is told, and the next run goes on. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { LoadError } from "tc3-edge";
import { memoryJournal, planRefund, refund } from "tc3-edge/refund";
import { REFUNDS, Service } from "./service.ts";

type Functions = Record<string, (...numbers: number[]) => number>;

// The live instance's, seen as it is made: the package does not hand it out.
let functions: Functions = {};
const { instantiate, Instance } = WebAssembly;
WebAssembly.instantiate = (async (module: WebAssembly.Module, imports?: WebAssembly.Imports) =>
  watched(await instantiate(module, imports))) as typeof instantiate;
// What takes the place of one that broke is made by this.
WebAssembly.Instance = new Proxy(Instance, {
  construct: (_, [module, imports]) => watched(new Instance(module, imports)),
});

function watched(instance: WebAssembly.Instance): WebAssembly.Instance {
  if (!("journal_read" in instance.exports)) return instance;
  functions = { ...instance.exports } as Functions;
  return { exports: functions };
}

test("a module that breaks behind a request ends in a report", async () => {
  for (const name of ["step", "journal_line", "differences"]) {
    const service = await Service.begin();
    const { ServiceId, ids } = await service.buy(2);
    const journal = memoryJournal();
    const plan = await planRefund(service.client(), { ServiceId });
    service.fate = ({ action }, deliver) => {
      if (action === REFUNDS) {
        functions[name] = () => {
          throw new WebAssembly.RuntimeError("unreachable");
        };
      }
      return deliver();
    };
    const options = { ...service.time, journal };
    const report = await refund(service.client(), plan, options);
    assert(report.stopped instanceof LoadError, String(report.stopped));
    const told = report.orders.map(({ outcome, check }) => check?.code ?? outcome);
    const [first, second] = await service.refunded();
    assert.deepEqual([first, second], name === "differences" ? ids : [ids[0], undefined]);
    if (name === "step") assert.deepEqual(told, ["StillOpen", "notSent"]);
    if (name === "journal_line") assert.deepEqual(told, ["done", "notSent"]);
    if (name === "differences") assert.deepEqual(told, ["done", "done"]);
    service.fate = (_, deliver) => deliver();
    assert((await refund(service.client(), plan, options)).isDone);
    assert.deepEqual(service.sent, ids);
  }
});
