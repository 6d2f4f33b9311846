/** The page's `fetch` and what a tester asks for beside it, across the worker. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { Page } from "playwright-core";
import type { Hosted } from "./host/main.ts";

declare const host: Hosted["host"];

/** Registers the tests; each opens a page of its own. */
export function testPageFetch(open: () => Promise<Page>): void {
  test("a call is answered inside the page, and a tester sees and changes what is there", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const asked: string[] = [];
    page.on("request", (request) => asked.push(request.url()));
    const seen = await page.evaluate(async () => {
      const sandbox = await host.startSandbox({ seed: 7 });
      const client = host.clientOf(sandbox);
      await sandbox.record();
      const { ServiceId } = await client.CreateStorageService(host.PURCHASE);
      await client.RefundStorageService({ ServiceId });
      const pool = await sandbox.pool();
      const ledger = (await sandbox.ledger()).map(({ what }) => what);
      const attempts = (await sandbox.ledger({ attempts: true })).length;
      const { steps } = await sandbox.recording();
      const state = (await sandbox.control("export")) as object;
      await sandbox.startAgain();
      const emptied = [await sandbox.pool(), await sandbox.ledger()];
      await sandbox.restore(state);
      const restored = await sandbox.pool();
      const nobodys = await sandbox.pool("nobody's");
      const wrong = await host.failure(sandbox.control("nonsense"));
      await sandbox.close();
      const closed = await host.failure(sandbox.pool());
      const late = await host.failure(sandbox.fetch("https://iotvideo.tencentcloudapi.com/"));
      return {
        ...{ pool, ledger, attempts, steps: steps.length, emptied, restored, nobodys },
        ...{ wrong, closed, late },
      };
    });
    assert.equal(seen.pool.length, 1);
    assert.deepEqual(seen.ledger, ["created", "bought", "bought", "madeVoid", "returnedToPool"]);
    assert.deepEqual([seen.attempts, seen.steps], [7, 2]);
    assert.deepEqual(seen.emptied, [[], []]);
    assert.deepEqual(seen.restored, seen.pool);
    assert.deepEqual(seen.nobodys, []);
    assert.match(seen.wrong.message, /makeKey.*setClock/);
    assert.equal(seen.closed.message, "this sandbox is closed");
    assert.equal(seen.late.name, "TypeError");
    assert(asked.every((url) => url.startsWith("http://127.0.0.1:")));
  });

  test("a refund whose answer the sandbox cuts has an unknown outcome, and was done", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const sandbox = await host.startSandbox();
      const client = host.clientOf(sandbox);
      const { ServiceId } = await client.CreateStorageService(host.PURCHASE);
      const action = "RefundStorageService";
      await sandbox.control("addFault", { action, count: 1, when: "after", effect: "cut" });
      const lost = await host.failure(client.RefundStorageService({ ServiceId }));
      const pool = (await sandbox.pool()).length;
      return { lost, pool };
    });
    assert.equal(seen.lost.name, "OutcomeUnknownError");
    assert.equal(seen.pool, 1);
  });

  test("a call that hangs ends when it is aborted, with the signal's reason", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const sandbox = await host.startSandbox();
      const client = host.clientOf(sandbox);
      const { ServiceId } = await client.CreateStorageService(host.PURCHASE);
      await sandbox.control("addFault", { count: 1, effect: "hang" });
      const hung = await host.failure(
        client.DescribeStorageService({ ServiceId }, { timeout: 80 }),
      );
      const never = AbortSignal.abort(new Error("before"));
      const attempts = (await sandbox.ledger({ attempts: true })).length;
      const before = await host.failure(sandbox.fetch("https://localhost/", { signal: never }));
      const controller = new AbortController();
      const { signal } = controller;
      const during = sandbox.fetch("https://localhost/", { method: "POST", body: "{}", signal });
      controller.abort(new Error("during"));
      const reason = await host.failure(during);
      return { hung, before, reason, attempts };
    });
    assert.equal(seen.hung.name, "TimeoutError");
    assert.equal(seen.before.message, "before");
    assert.equal(seen.reason.message, "during");
  });

  test("a cut answer fails; a truncated one gives its first bytes and then breaks off; a late one comes late", async (t) => {
    const page = await open();
    t.after(() => page.context().close());
    const seen = await page.evaluate(async () => {
      const sandbox = await host.startSandbox();
      const calls: [RequestInfo | URL, RequestInit | undefined][] = [];
      const fetch: typeof globalThis.fetch = (input, init) => {
        // The client ends its signal with its call.
        calls.push([input, { ...init, signal: null }]);
        return sandbox.fetch(input, init);
      };
      const client = host.clientOf({ ...sandbox, fetch });
      const { ServiceId } = await client.CreateStorageService(host.PURCHASE);
      await client.DescribeStorageService({ ServiceId });
      const [input, init] = calls[1] ?? [""];
      await sandbox.control("addFault", { count: 1, effect: "cut" });
      const none = await host.failure(sandbox.fetch(input, init));
      await sandbox.control("addFault", { count: 1, effect: { truncate: 20 } });
      const cut = await sandbox.fetch(input, init);
      const reader = (cut.body as ReadableStream<Uint8Array>).getReader();
      const first = new TextDecoder().decode((await reader.read()).value);
      const then = await host.failure(reader.read());
      await sandbox.control("addFault", { count: 1, effect: { truncate: 20 } });
      const text = await host.failure((await sandbox.fetch(input, init)).text());
      await sandbox.control("addFault", { count: 1, effect: { truncate: 0 } });
      const nothing = await host.failure((await sandbox.fetch(input, init)).text());
      await sandbox.control("addFault", { count: 1, effect: { truncate: 1_000_000 } });
      const whole = await (await sandbox.fetch(input, init)).json();
      await sandbox.control("addFault", { count: 1, effect: { late: 150 } });
      const began = performance.now();
      const late = await sandbox.fetch(input, init);
      const took = performance.now() - began;
      await sandbox.control("addFault", { count: 1, effect: { late: 60_000 } });
      const signal = AbortSignal.timeout(50);
      const tooLate = await host.failure(sandbox.fetch(input, { ...init, signal }));
      await sandbox.control("addFault", { count: 1, effect: { status: 204 } });
      const bodiless = await sandbox.fetch(input, init);
      return {
        ...{ none, status: cut.status, first, then, text, nothing, tooLate, took },
        whole: Object.keys(whole.Response),
        late: late.headers.get("date"),
        bodiless: [bodiless.status, bodiless.body],
      };
    });
    assert.deepEqual(seen.none, { name: "TypeError", message: "the sandbox cut the connection" });
    assert.equal(seen.status, 200);
    assert.equal(seen.first.length, 20);
    assert.match(seen.first, /^\{"Response":/);
    assert.equal(seen.then.message, "the sandbox cut the connection");
    for (const { name } of [seen.then, seen.text, seen.nothing]) assert.equal(name, "TypeError");
    assert(seen.whole.includes("RequestId"));
    assert(seen.took >= 149, `${seen.took}`);
    assert.match(seen.late ?? "", /GMT$/);
    assert.equal(seen.tooLate.name, "TimeoutError");
    assert.deepEqual(seen.bodiless, [204, null]);
  });
}
