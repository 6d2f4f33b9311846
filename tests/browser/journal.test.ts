/** A journal in a real Chromium's IndexedDB: what is kept, who may have it, and what is left when a tab or the browser is killed. */

import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, type TestContext, test } from "node:test";
import type { Browser, BrowserContext, Page } from "playwright-core";
import type { OpenJournal, openPageJournal } from "tc3-edge/refund/page";
import { launch, launchIn } from "./chromium.ts";
import { crash, kill, LENGTH } from "./killing.ts";

/** What the page below puts there. */
declare const openJournal: typeof openPageJournal;
declare const textIn: (journal: OpenJournal) => Promise<string[]>;
declare const failure: (promise: Promise<unknown>) => Promise<string>;
declare const fill: (journal: OpenJournal, seed: number) => Promise<never>;
declare let journal: OpenJournal;

const dist = new URL("../../dist/", import.meta.url);

const PAGE = `<!doctype html><title>journal</title><link rel="icon" href="data:,"><script type="module">
  import { JournalError, openPageJournal } from "/refund/page.js";
  const textIn = async (journal) => {
    const texts = [];
    for await (const bytes of journal.read()) texts.push(new TextDecoder().decode(bytes));
    return texts;
  };
  const failure = (promise) => promise.then(
    () => "none",
    (error) => error instanceof JournalError ? error.code : String(error),
  );
  const fill = async (journal, seed) => {
    for (let turn = 0; ; turn += 1) {
      const record = seed + " " + turn;
      await journal.append(new TextEncoder().encode(record));
      acknowledge(record);
    }
  };
  // The functions that a test hands to the page were compiled by tsx, which names them by a helper of its own.
  Object.assign(globalThis, { openJournal: openPageJournal, textIn, failure, fill, __name: (named) => named });
</script>`;

const server = createServer(async (request, response) => {
  if (request.url === "/") {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(PAGE);
    return;
  }
  const script = await readFile(new URL(`.${request.url}`, dist));
  response.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
});
let browser: Browser;
let origin = "";

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  browser = await launch();
});
after(async () => {
  await browser?.close();
  server.closeAllConnections();
  server.close();
});

async function contextOf(t: TestContext): Promise<BrowserContext> {
  const context = await browser.newContext();
  t.after(() => context.close());
  return context;
}

async function openIn(context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(origin);
  return page;
}

/** Opens the journal, and keeps it open; gives `none` or the error's code. */
const takes = (page: Page) =>
  page.evaluate(() =>
    failure(
      openJournal().then((opened) => {
        journal = opened;
      }),
    ),
  );

/** Opens the journal, reads it and closes it. */
const reads = (page: Page) =>
  page.evaluate(async () => {
    const journal = await openJournal();
    const found = await textIn(journal);
    await journal.close();
    return found;
  });

test("what was appended is there in its order, after a reload too", async (t) => {
  const page = await openIn(await contextOf(t));
  assert.deepEqual(await reads(page), []);
  const seen = await page.evaluate(async () => {
    const journal = await openJournal();
    const bytes = new TextEncoder().encode("a 000 b");
    const appends: Promise<void>[] = [];
    // More than are read at once. Each is a part of what is changed while it waits.
    for (let number = 0; number < 150; number += 1) {
      bytes.set(new TextEncoder().encode(String(number).padStart(3, "0")), 2);
      appends.push(journal.append(bytes.subarray(2, 5)));
    }
    const found = await textIn(journal);
    await Promise.all(appends);
    return found;
  });
  const expected = Array.from({ length: 150 }, (_, number) => String(number).padStart(3, "0"));
  assert.deepEqual(seen, expected);
  await page.reload();
  assert.deepEqual(await reads(page), expected);
  const other = await page.evaluate(async () => textIn(await openJournal("another")));
  assert.deepEqual(other, []);
});

test("a second tab is refused until the first has closed it, was closed, reloaded or crashed", async (t) => {
  const context = await contextOf(t);
  let first = await openIn(context);
  const second = await openIn(context);
  assert.equal(await takes(first), "none");
  assert.equal(await takes(first), "JournalInUse");
  for (const end of [
    () => first.evaluate(() => journal.close()),
    () => first.close(),
    () => first.reload(),
    () => crash(first),
  ]) {
    assert.equal(await takes(second), "JournalInUse");
    await end();
    assert.equal(await takes(second), "none");
    await second.evaluate(() => journal.close());
    first = await openIn(context);
    assert.equal(await takes(first), "none");
  }
});

test("what was kept before a tab crashed is there afterwards", async (t) => {
  const context = await contextOf(t);
  const kept = new Kept();
  await kept.hear(context);
  for (let round = 0; round < 3 * LENGTH; round += 1) {
    const page = await openIn(context);
    await kept.fill(page, round);
    await crash(page);
    kept.check(await reads(await openIn(context)));
  }
});

test("what was kept before the browser was killed is there afterwards", async (t) => {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-"));
  let context = await launchIn(folder);
  t.after(async () => {
    await context.close();
    await rm(folder, { recursive: true, force: true });
  });
  const kept = new Kept();
  for (let round = 0; round < LENGTH; round += 1) {
    await kept.hear(context);
    await kept.fill(await openIn(context), round);
    await kill(context);
    context = await launchIn(folder);
    kept.check(await reads(await openIn(context)));
  }
});

/** What a page was told to be kept, and must be there ever after. */
class Kept {
  readonly #records = new Set<string>();
  #left = 0;
  #enough = () => {};

  async hear(context: BrowserContext): Promise<void> {
    await context.exposeFunction("acknowledge", (record: string) => {
      this.#records.add(record);
      this.#left -= 1;
      if (this.#left === 0) this.#enough();
    });
  }

  /** Has a page append without end, and ends as soon as some are kept; another one is under way then. */
  async fill(page: Page, seed: number): Promise<void> {
    this.#left = 1 + ((seed * 7919) % 23);
    const enough = new Promise<void>((resolve) => {
      this.#enough = resolve;
    });
    await page.evaluate(async (seed) => {
      fill(await openJournal(), seed);
    }, seed);
    await enough;
  }

  check(found: string[]): void {
    const there = new Set(found);
    for (const record of this.#records) assert(there.has(record), `${record} is lost`);
  }
}

test("where the disk has no more room, nothing more is kept until it is opened again", async (t) => {
  const page = await openIn(await contextOf(t));
  const session = await page.context().newCDPSession(page);
  assert.equal(await takes(page), "none");
  await session.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  const full = await page.evaluate(() => failure(journal.append(new Uint8Array(1_000_000))));
  assert.equal(full, "JournalBroken");
  await session.send("Storage.overrideQuotaForOrigin", { origin });
  assert.equal(
    await page.evaluate(() => failure(journal.append(new Uint8Array(1)))),
    "JournalBroken",
  );
  await page.evaluate(() => journal.close());
  assert.equal(
    await page.evaluate(() => failure(journal.append(new Uint8Array(1)))),
    "JournalUnavailable",
  );
  assert.equal(await takes(page), "none");
  await page.evaluate(() => journal.append(new Uint8Array(2)));
  const lengths = (await page.evaluate(() => textIn(journal))).map(({ length }) => length);
  assert.deepEqual(lengths, [2]);
});

test("a database of another kind, or of a later version, is left as it is", async (t) => {
  const page = await openIn(await contextOf(t));
  const seen = await page.evaluate(async () => {
    const open = (name: string, version?: number, store?: string) =>
      new Promise<string>((resolve) => {
        const opening = indexedDB.open(name, version);
        opening.onupgradeneeded = () => store && opening.result.createObjectStore(store);
        opening.onsuccess = () => {
          const { version, objectStoreNames } = opening.result;
          opening.result.close();
          resolve(`${version} ${[...objectStoreNames]}`);
        };
      });
    const found: string[][] = [];
    for (const [version, store] of [
      [1, "notes"],
      [2, "tc3-edge-journal"],
    ] as const) {
      const before = await open(store, version, store);
      found.push([await failure(openJournal(store)), before, await open(store)]);
    }
    return found;
  });
  assert.deepEqual(seen, [
    ["JournalUnavailable", "1 notes", "1 notes"],
    ["JournalUnavailable", "2 tc3-edge-journal", "2 tc3-edge-journal"],
  ]);
});

test("where the platform keeps nothing, it is said", async (t) => {
  const page = await openIn(await contextOf(t));
  const seen = await page.evaluate(async () => {
    const { indexedDB } = globalThis;
    const hide = (of: object, name: string, value: unknown) =>
      Object.defineProperty(of, name, { value, configurable: true });
    const refusing = () => {
      throw new DOMException("denied", "SecurityError");
    };
    const found: string[] = [];
    hide(globalThis, "indexedDB", undefined);
    found.push(await failure(openJournal()));
    hide(globalThis, "indexedDB", { open: refusing });
    found.push(await failure(openJournal()));
    hide(globalThis, "indexedDB", indexedDB);
    hide(navigator, "locks", undefined);
    found.push(await failure(openJournal()));
    hide(navigator, "locks", { request: async () => refusing() });
    found.push(await failure(openJournal()));
    return found;
  });
  assert.deepEqual(seen, Array(4).fill("JournalUnavailable"));
});
