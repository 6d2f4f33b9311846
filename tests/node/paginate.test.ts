/** Pages as one sequence: whatever moves meanwhile, each item that stays is given once. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { type Page, paginate, ValidationError } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential } from "./credential.ts";

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

async function all<Item>(items: AsyncIterable<Item>): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const seed = Number(process.env.TC3_EDGE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const HISTORIES = 3000;

test("each item that stays is given once, whatever comes and goes", async (t) => {
  t.diagnostic(`${HISTORIES} histories, seed ${seed}`);
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  let reads = 0;
  for (let history = 0; history < HISTORIES; history += 1) {
    let next = below(60);
    const list = Array.from({ length: next }, (_, id) => id);
    const stays = new Set(list);
    const limit = 2 + below(9);
    const busy = random() * 8;
    let pages = 0;
    const read = async ({ Offset, Limit }: Page) => {
      assert.equal(Limit, limit);
      const Data = list.slice(Offset, Offset + Limit).map((id) => ({ id, seen: pages }));
      pages += 1;
      reads += 1;
      // It comes to rest at last, or nobody could read all of it.
      for (let change = below(busy); change > 0 && pages < 200; change -= 1) {
        if (random() < 0.5) stays.delete(list.splice(below(list.length), 1)[0] ?? -1);
        else {
          list.splice(below(list.length + 1), 0, next);
          next += 1;
        }
      }
      return { TotalCount: list.length, Data };
    };
    const found = await all(paginate(read, { limit, key: ({ id }) => id }));
    const ids = found.map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length, "nothing is given twice");
    const missed = [...stays].filter((id) => !ids.includes(id));
    assert.deepEqual(missed, [], `history ${history}: something was missed`);
  }
  t.diagnostic(`${reads} pages read`);
});

test("a typed action is read page by page, and its items have its type", async () => {
  const devices = Array.from({ length: 7 }, (_, n) => ({ Tid: `camera-${n}` }));
  const asked: Page[] = [];
  const fetch = async (_: unknown, init?: RequestInit) => {
    const { Offset, Limit } = JSON.parse(String(init?.body));
    asked.push({ Offset, Limit });
    const Data = devices.slice(Offset, Offset + Limit);
    return new Response(JSON.stringify({ Response: { Data, TotalCount: 7, RequestId: "r" } }));
  };
  const iotvideo = new Iotvideo({ credential, region: "ap-guangzhou", fetch, rate: "off" });
  const read = (page: Page) =>
    iotvideo.DescribeDevices({ ProductId: "p", ReturnModel: false, ...page });
  const tids: (string | undefined)[] = [];
  for await (const device of paginate(read, { limit: 4 })) tids.push(device.Tid);
  assert.deepEqual(
    tids,
    devices.map(({ Tid }) => Tid),
  );
  assert.deepEqual(asked, [
    { Offset: 0, Limit: 4 },
    { Offset: 3, Limit: 4 },
    { Offset: 6, Limit: 4 },
  ]);
});

test("what cannot be read in pages is said, and an error of a page ends it", async () => {
  const wrong = (work: Promise<unknown>, message: RegExp) =>
    assert.rejects(work, (error) => {
      assert(error instanceof ValidationError);
      assert.match(error.message, message);
      return true;
    });
  await wrong(all(paginate(async () => ({ A: [1], B: [2] }))), /one list; this one has 2/);
  await wrong(all(paginate(async () => ({ A: 1 }))), /this one has 0/);
  await wrong(all(paginate(async () => ({ A: [1] }), { limit: 1 })), /from 2/);
  const failing = paginate(async (): Promise<{ A: number[] }> => Promise.reject(new Error("no")));
  await assert.rejects(all(failing), /no/);
});
