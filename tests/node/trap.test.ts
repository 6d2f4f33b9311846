/** A trap between sending and reading: a refund is unknown then, never "not sent", and the next call works; and what is left. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { credential } from "./credential.ts";

// The live instance, seen as it is made: the package does not hand it out.
let memory: WebAssembly.Memory | undefined;
/** Whether instances are made without memory to read an answer with. */
let starves = false;
function see({ exports }: WebAssembly.Instance): void {
  // Node's own HTTP parser is a module too.
  if (!("load_table" in exports)) return;
  memory = exports.memory as WebAssembly.Memory;
  if (starves) starve();
}
function starve(): void {
  assert(memory);
  memory.grow(65_536 - memory.buffer.byteLength / 65_536);
}
const { instantiate, Instance } = WebAssembly;
WebAssembly.instantiate = (async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
  const instance = await instantiate(module, imports);
  see(instance);
  return instance;
}) as typeof instantiate;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    see(this);
  }
};
const { Client, LoadError, OutcomeUnknownError } = await import("tc3-edge");
const { Iotvideo } = await import("tc3-edge/iotvideo/v20191126");

const ANSWER = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
const options = {
  credential,
  region: "ap-guangzhou",
};

const long = async () => {
  starve();
  return new Response(ANSWER.padEnd(256 * 1024));
};
/** A client whose module has no memory left to read the answer with, nor any that takes its place. */
const starving = new Iotvideo({
  ...options,
  retry: { tries: 1 },
  fetch: async () => {
    starves = true;
    return long();
  },
});
const healthy = new Iotvideo({ ...options, fetch: async () => new Response(ANSWER) });
/** Waits for a call of it, and lets the next one live. */
async function rejects(call: Promise<unknown>, check: (error: unknown) => boolean): Promise<void> {
  await assert.rejects(call, check);
  starves = false;
}

test("what was sent is never reported as not sent", async () => {
  for (let round = 0; round < 3; round += 1) {
    const refund = starving.RefundStorageService({ ServiceId: "s" });
    await rejects(refund, (error) => {
      assert(error instanceof OutcomeUnknownError && error.cause instanceof LoadError);
      assert.deepEqual([error.outcome, error.cause.outcome], ["unknown", "unknown"]);
      return true;
    });
    const answer = await healthy.RefundStorageService({ ServiceId: "s" });
    assert.equal(answer.RequestId, "r");
    const read = starving.DescribeStorageService({ ServiceId: "s" });
    await rejects(read, (error) => error instanceof LoadError && error.outcome === "unknown");
  }
});

test("an answer is read by the instance that takes the place of one that broke", async () => {
  const hungry = new Iotvideo({ ...options, fetch: long });
  for (let round = 0; round < 3; round += 1) {
    const answer = await hungry.RefundStorageService({ ServiceId: "s" });
    assert.equal(answer.RequestId, "r");
  }
});

test("nothing of an answer is left in memory, whoever parses it", async () => {
  const planted = "planted-in-an-answer";
  const call = { service: "sts", version: "2018-08-13", action: "GetFederationToken" };
  for (const more of ["", '"DeprecatedWarning":"old",']) {
    const body = `{"Response":{"New":"${planted}",${more}"RequestId":"r"}}`;
    const fetch = async () => new Response(body);
    const answer = await new Client({ ...options, fetch }).call(call);
    assert.equal(answer.New, planted);
    assert(memory && !Buffer.from(memory.buffer).includes(planted), more);
  }
});
