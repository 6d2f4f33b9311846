/**
 * Every function and class that the package exports is given what it does not take: it refuses it by an error of its own, or
 * takes it as it can, and sends nothing.
 */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { Client } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { Tc3Error } from "tc3-edge/signer";

type Any = (...all: unknown[]) => unknown;

const GARBAGE: unknown[] = [
  undefined,
  null,
  0,
  Number.NaN,
  10n,
  true,
  "",
  "a\0\ud800",
  Symbol("symbol"),
  [],
  [null],
  {},
  { unknown: null },
  Object.create(null),
  () => 1,
  new Date(Number.NaN),
  new Map([[1, 2]]),
  new Uint8Array(3),
  Promise.resolve({}),
];

/** These open a file, or fetch a module, that the caller names. */
const ELSEWHERE = ["./refund/file", "./web"];

const { exports } = JSON.parse(readFileSync("package.json", "utf8"));
const entries = Object.keys(exports).filter(
  (name) => !/\.(json|wasm)$/.test(name) && !ELSEWHERE.includes(name),
);

/** Calls it and uses up what it gives. */
async function use(act: () => unknown): Promise<void> {
  const given = await act();
  if (typeof given !== "object" || given === null || !(Symbol.asyncIterator in given)) return;
  for await (const _ of given as AsyncIterable<unknown>) return;
}

async function refusesAll(name: string, act: Any): Promise<void> {
  for (const first of GARBAGE) {
    for (const second of GARBAGE) {
      try {
        await use(() => act(first, second));
      } catch (error) {
        const given = [first, second].map((one) => GARBAGE.indexOf(one));
        assert(Tc3Error.is(error), `${name} of GARBAGE[${given}]: ${(error as Error)?.stack}`);
        assert.equal((error as Tc3Error).outcome, "notSent");
      }
    }
  }
}

for (const entry of entries) {
  test(`what ${entry} exports refuses garbage`, async () => {
    const module: Record<string, unknown> = await import(`tc3-edge${entry.slice(1)}`);
    for (const [name, value] of Object.entries(module)) {
      if (typeof value !== "function" || value.prototype instanceof Error) continue;
      const Class = value as unknown as new (...all: unknown[]) => unknown;
      const isClass = /^class\b/.test(Function.prototype.toString.call(value));
      await refusesAll(name, isClass ? (...all) => new Class(...all) : (value as Any));
    }
  });
}

test("what clients do refuses garbage, and nothing is sent", async () => {
  const sent: unknown[] = [];
  const options = {
    credential: { secretId: "id", secretKey: "key" },
    region: "ap-guangzhou",
    fetch: async (...all: unknown[]) => {
      sent.push(all);
      return new Response();
    },
  };
  const [client, iotvideo] = [new Client(options), new Iotvideo(options)];
  await refusesAll("call", client.call.bind(client) as Any);
  await refusesAll("raw", client.raw.bind(client) as Any);
  await refusesAll("stream", client.stream.bind(client) as Any);
  await refusesAll("refund", iotvideo.RefundStorageService.bind(iotvideo) as Any);
  await refusesAll("raw refund", iotvideo.raw.RefundStorageService.bind(iotvideo) as Any);
  assert.deepEqual(sent, []);
});
