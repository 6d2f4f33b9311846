/** What an instance holds: bounded memory, no evicted key, and a new instance after a trap. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { sha256 } from "@noble/hashes/sha2.js";

// The live instances, seen as they are made: the package hands none of them out.
const instances: WebAssembly.Instance[] = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    instances.push(this);
  }
};
const { clearKeys, sign } = await import("tc3-edge/signer");
const { signLegacy } = await import("tc3-edge/legacy");

const timestamp = 1_700_000_000;
const input = { service: "cvm", action: "DescribeInstances", version: "2017-03-12", timestamp };
const secretKey = (n: number) => `test key number ${n}`;
const signWith = (n: number) => sign({ secretId: `id-${n}`, secretKey: secretKey(n) }, input);
const memory = () => instances.at(-1)?.exports.memory as WebAssembly.Memory;

const hmac = (key: string | Buffer, text: string) =>
  createHmac("sha256", key).update(text).digest();

/** The first of the two states of an HMAC-SHA256 under a short key, as it lies in memory. */
function state(key: Uint8Array): Buffer {
  const block = new Uint8Array(64).fill(0x36);
  key.forEach((byte, at) => {
    block[at] = (block[at] ?? 0) ^ byte;
  });
  const hash = sha256.create().update(block);
  // After one block the hash's eight words are the state; a full block is processed at once.
  const words = (hash as unknown as { get(): number[] }).get();
  return Buffer.from(Uint32Array.from(words).buffer);
}

/** What the cache keeps: a signing key. */
function signingKey(n: number): Buffer {
  const date = hmac(`TC3${secretKey(n)}`, "2023-11-14");
  return hmac(hmac(date, "cvm"), "tc3_request");
}

test("a million signatures over 10,000 secrets leave memory as it was", () => {
  for (let n = 0; n < 10_000; n += 1) signWith(n);
  const before = memory().buffer.byteLength;
  for (let n = 0; n < 1_000_000; n += 1) signWith(n % 10_000);
  assert.equal(instances.length, 1);
  assert.equal(memory().buffer.byteLength, before);
});

test("only the last 64 keys are kept, and what was evicted is zeroed", () => {
  for (let n = 0; n < 10_000; n += 1) signWith(n);
  const bytes = Buffer.from(memory().buffer);
  const kept = [];
  for (let n = 0; n < 10_000; n += 1) if (bytes.includes(signingKey(n))) kept.push(n);
  assert.deepEqual(
    kept,
    Array.from({ length: 64 }, (_, at) => 9936 + at),
  );
  for (let n = 0; n < 9_999; n += 1) {
    assert(!bytes.includes(`${secretKey(n)}`), `the text of secret ${n} is still there`);
    assert(!bytes.includes(state(signingKey(n))), `the HMAC of secret ${n} is still there`);
  }
  clearKeys();
  const cleared = Buffer.from(memory().buffer);
  for (const trace of [signingKey(9_999), state(signingKey(9_999))]) {
    assert(!cleared.includes(trace), "clearKeys leaves no key");
  }
});

test("of heads that are signed again only the last 64 are kept, and the rest is zeroed", () => {
  const numbers = Array.from({ length: 100 }, (_, n) => n);
  for (const n of numbers) {
    const who = { secretId: `id-${n}`, secretKey: secretKey(n) };
    for (let time = 0; time < 3; time += 1) sign(who, input);
  }
  const left = () => {
    const bytes = Buffer.from(memory().buffer);
    assert(!numbers.some((n) => bytes.includes(`${secretKey(n)}`)));
    return numbers.filter((n) => bytes.includes(state(signingKey(n))));
  };
  assert.deepEqual(left(), numbers.slice(-64));
  clearKeys();
  assert.deepEqual(left(), []);
});

test("after a trap the instance is made anew and the next answer is right", () => {
  const right = signWith(1);
  const broken = instances.length;
  // All address space taken: the next growth of the buffer traps inside the shipped module.
  const pages = memory().buffer.byteLength / 65_536;
  memory().grow(65_536 - pages);
  // A large body is hashed by Node, but a head crosses.
  const headers = { "X-Large": "x".repeat(64 * 1024) };
  assert.throws(
    () => sign({ secretId: "id", secretKey: "key" }, { ...input, headers }),
    (error: { name: string; code: string; outcome: string; cause: unknown }) => {
      assert.deepEqual([error.name, error.code], ["LoadError", "ModuleBroke"]);
      assert.equal(error.outcome, "notSent");
      return error.cause instanceof WebAssembly.RuntimeError;
    },
  );
  assert.deepEqual(signWith(1), right);
  assert.equal(instances.length, broken + 1);
  assert.equal(sign({ secretId: "id", secretKey: "key" }, { ...input, headers }).method, "POST");
});

test("an instance that grew beyond 8 MB is replaced", () => {
  const before = instances.length;
  const headers = { "X-Large": "x".repeat(3 * 1024 * 1024) };
  sign({ secretId: "id", secretKey: "key" }, { ...input, headers });
  signWith(1);
  assert.equal(instances.length, before + 1);
  assert(memory().buffer.byteLength < 8 * 1024 * 1024);
});

test("the older signatures leave nothing of a key", () => {
  const before = instances.length;
  for (let n = 0; n < 100; n += 1) {
    signLegacy({ secretId: `id-${n}`, secretKey: secretKey(n) }, input);
    const bytes = Buffer.from(memory().buffer);
    const key = Buffer.from(secretKey(n));
    const padded = (byte: number) => Buffer.from(key.map((one) => one ^ byte));
    for (const trace of [key, padded(0x36), padded(0x5c), state(key)]) {
      assert(!bytes.includes(trace), `something of secret ${n} is still there`);
    }
  }
  assert.equal(instances.length, before + 1);
});
