/** What every host relies on: what a store is given, in which order, and what follows from it after a restart. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { initSync, SandboxModule, shown } from "../../../build/sandbox.js";
import { type Engine, startEngine } from "../../../sandbox/hosts/engine.ts";
import type { Kept, Store } from "../../../sandbox/hosts/store.ts";

initSync({ module: await readFile(new URL("../../../build/sandbox.wasm", import.meta.url)) });

/** Takes its time, and notes a state with the number of lines before it. */
class SlowStore implements Store {
  readonly stateEvery = 2;
  state: string | undefined;
  behind = 0;
  all: string[] = [];

  open(): Kept {
    const lines = this.all.slice(this.behind);
    return this.state === undefined ? { lines } : { state: this.state, lines };
  }

  async append(lines: string[]): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, 2));
    this.all.push(...lines);
  }

  lines(): string[] {
    return this.all;
  }

  async keepState(state: string): Promise<void> {
    this.state = state;
    this.behind = this.all.length;
  }

  async replace(state: string): Promise<void> {
    this.all = [];
    await this.keepState(state);
  }

  close(): void {}
}

const start = (store: Store) => startEngine({ SandboxModule, shown }, { store, seed: 7 });
const makeKey = (engine: Engine, secretId: string) =>
  engine.control("makeKey", { secretId, secretKey: "an-invented-key", account: "a" });
const lineCount = async (engine: Engine) =>
  ((await engine.control("export")) as { lines: number }).lines;

test("a state that is kept among concurrent calls counts none of their lines twice", async () => {
  const store = new SlowStore();
  const engine = await start(store);
  await Promise.all(["a", "b", "c", "d", "e"].map((id) => makeKey(engine, id)));
  assert.equal(store.behind, 4);
  assert.equal(JSON.parse(store.state ?? "").lines, 4);
  assert.equal(await lineCount(await start(store)), 5);
});

test("lines that were there at the start count towards the next state", async () => {
  const store = new SlowStore();
  await makeKey(await start(store), "a");
  assert.equal(store.state, undefined);
  await makeKey(await start(store), "b");
  assert.equal(store.behind, 2);
});

test("what is restored takes its turn behind calls that are still being kept", async () => {
  const store = new SlowStore();
  const engine = await start(store);
  const empty = (await engine.control("export")) as object;
  await Promise.all([makeKey(engine, "a"), engine.restore(empty)]);
  await makeKey(engine, "b");
  assert.equal(store.all.length, 1);
  assert.equal(await lineCount(await start(store)), 1);
});

test("who starts again from nothing finds nothing, after a restart too", async () => {
  const store = new SlowStore();
  await makeKey(await start(store), "a");
  const engine = await start(store);
  await engine.startAgain();
  assert.deepEqual(await engine.ledger(), []);
  assert.equal(await lineCount(engine), 0);
  assert.equal(await lineCount(await start(store)), 0);
});
