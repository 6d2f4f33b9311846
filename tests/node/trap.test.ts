/** A trap between sending and reading: a refund is unknown then, never "not sent", and the next call works. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { credential } from "./credential.ts";

// The live instance, seen as it is made: the package does not hand it out.
let memory: WebAssembly.Memory | undefined;
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
  const instance = await instantiate(module, imports);
  // Node's own HTTP parser is a module too.
  if ("load_table" in instance.exports) memory = instance.exports.memory as WebAssembly.Memory;
  return instance;
}) as typeof instantiate;
const { LoadError, OutcomeUnknownError } = await import("tc3-edge");
const { Iotvideo } = await import("tc3-edge/iotvideo/v20191126");

const ANSWER = '{"Response":{"ServiceId":"s","Data":[],"RequestId":"r"}}';
const options = {
  credential,
  region: "ap-guangzhou",
};

/** A client whose module has no memory left to read the answer with. */
const starving = new Iotvideo({
  ...options,
  retry: { tries: 1 },
  fetch: async () => {
    assert(memory);
    memory.grow(65_536 - memory.buffer.byteLength / 65_536);
    return new Response(ANSWER.padEnd(256 * 1024));
  },
});
const healthy = new Iotvideo({ ...options, fetch: async () => new Response(ANSWER) });

test("what was sent is never reported as not sent", async () => {
  for (let round = 0; round < 3; round += 1) {
    const refund = starving.RefundStorageService({ ServiceId: "s" });
    await assert.rejects(refund, (error) => {
      assert(error instanceof OutcomeUnknownError && error.cause instanceof LoadError);
      assert.deepEqual([error.outcome, error.cause.outcome], ["unknown", "unknown"]);
      return true;
    });
    const answer = await healthy.RefundStorageService({ ServiceId: "s" });
    assert.equal(answer.RequestId, "r");
    const read = starving.DescribeStorageService({ ServiceId: "s" });
    await assert.rejects(
      read,
      (error) => error instanceof LoadError && error.outcome === "unknown",
    );
  }
});
