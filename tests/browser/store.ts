/** The store's contract on a real IndexedDB, and the lock that lets one page write. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Hosted } from "./host/main.ts";

declare const host: Hosted["host"];

/** Registers the tests; each opens a page of its own. */
export function testStore(open: () => Promise<Page>): void {
  test("lines and states are there again, the newest state with the lines behind it", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const found: { state?: string; lines: string[]; all: string[] }[] = [];
      for (const change of [
        async () => {},
        (store: InstanceType<typeof host.IndexedStore>) => store.append(["a", "b"]),
        (store: InstanceType<typeof host.IndexedStore>) =>
          // Not awaited one by one: they are kept in their order all the same.
          Promise.all([store.append(["c"]), store.append(["d", "e"])]),
        (store: InstanceType<typeof host.IndexedStore>) => store.keepState("S1"),
        (store: InstanceType<typeof host.IndexedStore>) => store.append(["f"]),
        async (store: InstanceType<typeof host.IndexedStore>) => {
          await store.keepState("S2");
          await store.append(["g", "h"]);
        },
        (store: InstanceType<typeof host.IndexedStore>) => store.replace("R"),
        (store: InstanceType<typeof host.IndexedStore>) => store.append(["i"]),
      ]) {
        const store = new host.IndexedStore("contract");
        await store.open();
        await change(store);
        store.close();
        const again = new host.IndexedStore("contract");
        const { lines, ...state } = await again.open();
        found.push({ ...state, lines: [...lines], all: [...(await again.lines())] });
        again.close();
      }
      return { found, stateEvery: new host.IndexedStore("contract").stateEvery };
    });
    const upTo = (last: string) => [..."abcdefgh"].filter((line) => line <= last);
    assert.deepEqual(seen.found, [
      { lines: [], all: [] },
      { lines: ["a", "b"], all: ["a", "b"] },
      { lines: upTo("e"), all: upTo("e") },
      { state: "S1", lines: [], all: upTo("e") },
      { state: "S1", lines: ["f"], all: upTo("f") },
      { state: "S2", lines: ["g", "h"], all: upTo("h") },
      { state: "R", lines: [], all: [] },
      { state: "R", lines: ["i"], all: ["i"] },
    ]);
    assert.equal(seen.stateEvery, 10_000);
  });

  test("a long ledger is opened from its newest state, and goes on", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const options = { keep: "indexeddb", unlimited: true } as const;
      const first = await host.startSandbox(options);
      await first.control("setClock", { speed: 1 });
      await first.close();
      const store = new host.IndexedStore("tc3-edge-sandbox");
      const [line = ""] = (await store.open()).lines;
      await store.append(Array.from({ length: 9997 }, () => line));
      store.close();
      const next = await host.startSandbox(options);
      const { ServiceId } = await host.clientOf(next).CreateStorageService(host.PURCHASE);
      await host.clientOf(next).DescribeStorageService({ ServiceId });
      await next.close();
      const { state = "{}", lines } = await store.open();
      store.close();
      const second = await host.startSandbox(options);
      const { Data } = await host.clientOf(second).DescribeStorageService({ ServiceId });
      return {
        lines: JSON.parse(state).lines,
        behind: [...lines].length,
        all: (await second.ledger()).length,
        orders: Data.length,
      };
    });
    assert.deepEqual(seen, { lines: 10_002, behind: 1, all: 10_001, orders: 2 });
  });

  test("one page at a time writes; when it is closed, crashes or lets go, another one does", async (t) => {
    const page = await open();
    const context = page.context();
    t.after(() => context.close());
    const start = (in_: Page) =>
      in_.evaluate(async () => {
        const sandbox = host.startSandbox({ keep: "indexeddb" });
        Object.assign(globalThis, { sandbox: await sandbox.catch(() => undefined) });
        return host.failure(sandbox.then(() => "started"));
      });
    assert.equal((await start(page)).name, "none");
    const second = await context.newPage();
    await second.goto(page.url());
    const refused = await start(second);
    assert.equal(refused.name, "inUse");
    assert.match(refused.message, /open in another tab: use that one, or close it and reload/);
    await page.evaluate(() =>
      (globalThis as unknown as { sandbox: { close(): Promise<void> } }).sandbox.close(),
    );
    assert.equal((await start(second)).name, "none");
    await page.reload();
    assert.equal((await start(page)).name, "inUse");
    await second.close();
    assert.equal((await start(page)).name, "none");
    await page.reload();
    assert.equal((await start(page)).name, "none");
  });

  test("a database of another kind, or of a later version, is left as it is", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const make = (name: string, version: number, stores: string[]) =>
        new Promise<void>((resolve) => {
          const opening = indexedDB.open(name, version);
          opening.onupgradeneeded = () => {
            for (const store of stores)
              opening.result.createObjectStore(store).add("another's", "kind");
          };
          opening.onsuccess = () => {
            opening.result.close();
            resolve();
          };
        });
      const read = (name: string) =>
        new Promise<{ version: number; stores: string[]; content: unknown[] }>((resolve) => {
          const opening = indexedDB.open(name);
          opening.onsuccess = () => {
            const { version, objectStoreNames } = opening.result;
            const stores = [...objectStoreNames];
            const first = stores[0] ?? "";
            const content = opening.result.transaction(first).objectStore(first).getAll();
            content.onsuccess = () => {
              opening.result.close();
              resolve({ version, stores, content: content.result });
            };
          };
        });
      const found = [];
      for (const [version, stores] of [
        [1, ["notes"]],
        [1, ["about", "lines", "states"]],
        [2, ["about", "lines", "states"]],
      ] as const) {
        const name = `another's ${version} ${stores.length}`;
        await make(name, version, [...stores]);
        const before = JSON.stringify(await read(name));
        const sandbox = host.startSandbox({ keep: "indexeddb", database: name });
        const failure = await host.failure(sandbox);
        found.push({ ...failure, same: before === JSON.stringify(await read(name)) });
      }
      return found;
    });
    for (const { name, message, same } of seen) {
      assert.equal(name, "foreign");
      assert.match(message, /^the database "another's .*" is not this sandbox's/);
      assert(same);
    }
  });

  test("where the platform keeps nothing, it is said and nothing falls back", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const open = () => host.failure(Promise.resolve(new host.IndexedStore("x").open()));
      const { indexedDB } = globalThis;
      const hide = (of: object, name: string, value: unknown) =>
        Object.defineProperty(of, name, { value, configurable: true });
      hide(globalThis, "indexedDB", undefined);
      const noDatabase = await open();
      const refusing = () => {
        throw new DOMException("denied", "SecurityError");
      };
      hide(globalThis, "indexedDB", { open: refusing });
      const denied = await open();
      hide(globalThis, "indexedDB", indexedDB);
      hide(navigator, "locks", undefined);
      const noLocks = await open();
      hide(navigator, "locks", { request: async () => refusing() });
      const deniedLock = await open();
      return [noDatabase, denied, noLocks, deniedLock];
    });
    for (const { name } of seen) assert.equal(name, "unavailable");
  });
}
