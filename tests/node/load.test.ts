/** How a module is loaded, and what is said where it cannot be. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { LoadError, ready, sign, verify } from "tc3-edge/signer";
import { credential } from "./credential.ts";

const top = new URL("../../", import.meta.url);
const input = { service: "cvm", action: "DescribeZones", version: "2017-03-12", payload: {} };

test("where nothing compiles at once, ready() is named, and helps", async () => {
  const { Module } = WebAssembly;
  // Old WebViews stop at 4 KB; the words are Chromium's.
  class Refusing {
    constructor() {
      throw new RangeError(
        "WebAssembly.Compile is disallowed on the main thread, if the buffer size is larger than 4KB.",
      );
    }
  }
  WebAssembly.Module = Refusing as unknown as typeof Module;
  try {
    assert.throws(
      () => sign(credential, input),
      (error) => error instanceof LoadError && /await ready\(\)/.test(error.remedy),
    );
    await ready();
    const signed = sign(credential, input);
    assert.deepEqual(verify(credential, signed).problems, []);
  } finally {
    WebAssembly.Module = Module;
  }
});

test("first calls share an instance, and go on in the order in which they were made", async (t) => {
  const instantiate = t.mock.method(WebAssembly, "instantiate");
  const { Client } = await import("tc3-edge");
  const order: string[] = [];
  const fetch: typeof globalThis.fetch = async (_, init = {}) => {
    order.push(new Headers(init.headers).get("X-TC-Action") ?? "");
    return new Response('{"Response":{"RequestId":"r"}}');
  };
  const client = new Client({ credential, fetch });
  const names = Array.from({ length: 20 }, (_, at) => `Action${at}`);
  const call = { service: "cvm", version: "2017-03-12" };
  await Promise.all(names.map((action) => client.call({ ...call, action })));
  assert.deepEqual(order, names);
  // The platform has modules of its own.
  const own = instantiate.mock.calls.filter((made) => "host" in (made.arguments[1] ?? {}));
  assert.equal(own.length, 1);
});

test("an inlined module is the file, byte for byte", async () => {
  for (const name of [
    "signer",
    "inspect",
    "client",
    "legacy",
    "refund",
    "web",
    "explain",
    "diagnose",
  ]) {
    const { load } = await import(new URL(`dist/module/inline/${name}.js`, top).href);
    const file = new Uint8Array(await readFile(new URL(`dist/wasm/${name}.wasm`, top)));
    assert.deepEqual(load(), file, name);
  }
});

test("the tree for Node reads files, and signs the same", async () => {
  const own = await import("tc3-edge/node/signer");
  const fixed = { ...input, timestamp: 1_700_000_000 };
  assert.deepEqual(own.sign(credential, fixed), sign(credential, fixed));
});

test("what is fetched is asked for once, and a failure says where and what to do", async (t) => {
  const { fetch } = globalThis;
  t.after(() => {
    globalThis.fetch = fetch;
  });
  const asked: string[] = [];
  let answer: () => Promise<Response> = async () => new Response(null, { status: 404 });
  globalThis.fetch = async (url) => {
    asked.push(String(url));
    return answer();
  };
  const web = await import("tc3-edge/web/signer");
  const failed = (text: RegExp) => (error: unknown) =>
    web.Tc3Error.is(error) && error.name === "LoadError" && text.test(error.message + error.remedy);
  assert.throws(() => web.sign(credential, input), failed(/await ready\(\)/));
  await assert.rejects(web.ready(), failed(/signer\.wasm answered HTTP 404.*`init`/));
  answer = () => Promise.reject(new TypeError("Failed to fetch"));
  await assert.rejects(
    web.ready(),
    failed(/\.wasm could not be fetched: Failed to fetch.*connect-src/),
  );
  asked.length = 0;
  answer = async () => {
    const name = asked.at(-1)?.split("/").at(-1);
    return new Response(await readFile(new URL(`dist/wasm/${name}`, top)));
  };
  await Promise.all([web.ready(), web.ready()]);
  assert.equal(new Set(asked).size, asked.length);
  assert.deepEqual(verify(credential, web.sign(credential, input)).problems, []);
});
