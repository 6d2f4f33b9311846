/** Bodies where the platform has no digest to be had at once: they cross in pieces, and memory does not grow with them. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { test } from "node:test";
import { credential } from "./credential.ts";

// As Next's edge runtime has it.
process.getBuiltinModule = () => {
  throw new Error("not supported");
};
let memory: WebAssembly.Memory | undefined;
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    if ("sign_again" in this.exports) memory = this.exports.memory as WebAssembly.Memory;
  }
};
const { sign, signAsync, ValidationError } = await import("tc3-edge/signer");

const head = {
  service: "iotvideo",
  action: "A",
  version: "2019-11-26",
  region: "ap-guangzhou",
  timestamp: 1_700_000_000,
};
const MB = 1024 * 1024;

/** The same with a digest that was made elsewhere. */
function expected(body: string | Uint8Array) {
  const payloadHash = createHash("sha256").update(body).digest("hex");
  return sign({ ...credential }, { ...head, payload: body, payloadHash }).headers;
}

test("a body is signed as if it had crossed whole", async () => {
  const piece = Math.floor((64 * 1024) / 3);
  const who = { ...credential };
  const lengths = [511, 512, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000];
  const texts = ["x", "é", "电", "😀", "a😀"].flatMap((unit) =>
    lengths.map((length) => unit.repeat(length / unit.length)),
  );
  // Pairs that lie across the end of a piece, and beside it.
  texts.push(...[-2, -1, 0, 1].map((shift) => `${"x".repeat(piece + shift)}😀${"y".repeat(MB)}`));
  const bytes = lengths.map((length) => new Uint8Array(length).map((_, at) => at * 7));
  for (const payload of [...texts, ...bytes]) {
    for (let time = 0; time < 3; time += 1) {
      assert.deepEqual(sign(who, { ...head, payload }).headers, expected(payload));
    }
    assert.deepEqual((await signAsync(who, { ...head, payload })).headers, expected(payload));
  }
});

test("where it is waited for, the platform digests what is large", async (t) => {
  const digest = t.mock.method(crypto.subtle, "digest");
  const who = { ...credential };
  for (const length of [100, 100, 100, 200_000, 200_000]) {
    const payload = "x".repeat(length);
    assert.deepEqual((await signAsync(who, { ...head, payload })).headers, expected(payload));
  }
  assert.equal(digest.mock.callCount(), 2);
});

test("memory does not grow with a body", () => {
  for (const payload of ["x".repeat(10 * MB), new Uint8Array(10 * MB)]) {
    for (let time = 0; time < 3; time += 1) sign(credential, { ...head, payload });
    assert(memory && memory.buffer.byteLength < 2 * MB, `${memory?.buffer.byteLength}`);
  }
});

test("a body beyond the limit is refused with its bytes, however it is written", () => {
  for (const payload of ["电".repeat(4 * MB), "x".repeat(10 * MB + 1), new Uint8Array(11 * MB)]) {
    const refused = (error: unknown) =>
      error instanceof ValidationError && error.problems[0]?.code === "TooLarge";
    for (let time = 0; time < 3; time += 1) {
      assert.throws(() => sign(credential, { ...head, payload }), refused);
    }
  }
});
