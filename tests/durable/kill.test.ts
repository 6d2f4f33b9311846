/** `kill -9` at any moment: what was acknowledged is there after the restart, and nothing that was not asked for. */

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT } from "../../sandbox/hosts/engine.ts";
import { Random, SEED } from "../clients/differential/random.ts";
import { temporaryFile } from "./temporary.ts";

const ROUNDS = Number(process.env.TC3_EDGE_KILLS ?? 10);
const { account: _, ...credential } = DEFAULT_ACCOUNT;

/** A sandbox in a process of its own. */
async function start(file: string) {
  const program = new URL("serve.ts", import.meta.url).pathname;
  const child = spawn(process.execPath, ["--import", "tsx", program, file], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const [line] = await once(child.stdout, "data");
  const iotvideo = new Iotvideo({
    credential,
    region: "ap-guangzhou",
    endpoint: String(line).trim(),
    retry: { tries: 1 },
    rate: "off",
  });
  const kill = async () => {
    child.kill("SIGKILL");
    await once(child, "exit");
  };
  return { iotvideo, kill };
}

/** Orders by their ids: of which service, and whether they are refunded; nothing is known of a call without an answer. */
type Orders = Map<string, { service: string; refunded: boolean | undefined }>;

/** Holds what must be there against what is; what was not known is known then. */
async function check(iotvideo: Iotvideo, orders: Orders, when: string): Promise<void> {
  for (const service of new Set([...orders.values()].map((order) => order.service))) {
    const found = await statuses(iotvideo, service);
    for (const [id, order] of orders) {
      if (order.service !== service) continue;
      assert(found.has(id), `${when}: the order ${id} is gone`);
      const refunded = found.get(id) === 5;
      if (order.refunded !== undefined) assert.equal(refunded, order.refunded, when);
      order.refunded = refunded;
    }
  }
}

/** The orders of a service by their ids. */
async function statuses(iotvideo: Iotvideo, ServiceId: string): Promise<Map<string, number>> {
  const { Data } = await iotvideo.DescribeStorageService({ ServiceId, GetFinishedOrder: true });
  return new Map(Data.map(({ OrderId, Status }) => [OrderId, Status]));
}

test(`no acknowledged call is lost in ${ROUNDS} kills`, async (t) => {
  t.diagnostic(`TC3_EDGE_SEED=${SEED}`);
  const random = new Random(SEED, "kill");
  const file = await temporaryFile(t);
  let acknowledged = 0;
  let unknown = 0;
  /** What must be there after the next restart, and after all of them. */
  const orders: Orders = new Map();
  const all: Orders = new Map();
  for (let round = 0; round < ROUNDS; round += 1) {
    const { iotvideo, kill } = await start(file);
    await check(iotvideo, orders, `round ${round}`);
    // What was there after a restart is looked at again in the end.
    for (const [id, order] of orders) all.set(id, order);
    orders.clear();
    let stopped = false;
    const work = async (channel: number) => {
      const purchase = {
        PkgId: "yc1m3d",
        Tid: `camera-${round}`,
        ChnNum: channel,
        OrderCount: 2,
        StorageRegion: "ap-guangzhou",
      } as const;
      while (!stopped) {
        try {
          const { ServiceId, Data } = await iotvideo.CreateStorageService(purchase);
          acknowledged += 1;
          for (const { OrderId } of Data) {
            orders.set(OrderId, { service: ServiceId, refunded: false });
          }
          const OrderId = Data.at(-1)?.OrderId ?? "";
          orders.set(OrderId, { service: ServiceId, refunded: undefined });
          await iotvideo.RefundStorageService({ ServiceId, OrderId });
          acknowledged += 1;
          orders.set(OrderId, { service: ServiceId, refunded: true });
        } catch {
          unknown += 1;
          return;
        }
      }
    };
    const working = [work(0), work(1), work(2)];
    await setTimeout(random.integer(0, 60));
    await kill();
    stopped = true;
    await Promise.all(working);
  }
  const { iotvideo, kill } = await start(file);
  for (const [id, order] of orders) all.set(id, order);
  await check(iotvideo, all, "in the end");
  await kill();
  t.diagnostic(`${ROUNDS} kills, ${acknowledged} calls acknowledged, ${unknown} cut`);
  assert(acknowledged > ROUNDS && unknown > 0);
});
