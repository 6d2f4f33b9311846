/** Every client that refunds the same orders through the same faults: this package's, and the official ones. */

import { existsSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { Tc3Error } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { planRefund, refund } from "tc3-edge/refund";
import tencentcloud from "tencentcloud-sdk-nodejs-common";
import type { SandboxServer } from "../../../sandbox/hosts/node.ts";
import { program } from "../differential/lines.ts";
import type { Asked } from "../faults/clients.ts";
import type { Order } from "./front.ts";

/** Where the refunds are sent, and the sandbox behind it. */
export interface Place {
  host: string;
  sandbox: SandboxServer;
}

/** Refunds orders; of each, what its caller is told: `done`, `unknown`, or another text for an error. */
export type Refunds = (place: Place, orders: Order[]) => Promise<string[]>;

/** A client as a row of the table. */
export interface Peer {
  name: string;
  refunds: Refunds;
  /** What must be built or installed for it. */
  needs?: string;
}

/** Every order's key; the secret id is its account's name. */
export const SECRET_KEY = "test-key";

/** How long each client waits, in milliseconds; Go's knows whole seconds only. */
const TIMEOUT = 1000;

/** How many refunds a client makes at once, since each that is late takes its whole time. */
const LANES = 16;
const PROGRAMS = 4;

/** This package's client, with its defaults but for the waits. */
export const own: Peer = {
  name: "this package",
  refunds: ({ host }, orders) => inLanes(orders, (order) => once(client(host, order), order)),
};

/** How much faster the sandbox's clock goes for whoever waits until a request is too late. */
const SPEED = 600;

/** This package's `refund`, which plans, sends, and reads back what was lost; once, or once more where nothing was done. */
export const planned = (tries: number): Peer => ({
  name: `this package's refund${tries > 1 ? `, tries: ${tries}` : ""}`,
  async refunds({ host, sandbox }, orders) {
    await sandbox.control("setClock", { speed: SPEED });
    return inLanes(orders, async (order) => {
      const iotvideo = client(host, order);
      const plan = await planRefund(iotvideo, {
        ServiceId: order.serviceId,
        OrderId: order.orderId,
      });
      const wait = (ms: number) => setTimeout(ms / SPEED);
      const report = await refund(iotvideo, plan, { wait, tries });
      const [row] = report.orders;
      return row?.outcome ?? "nothing";
    });
  },
});

/** The same client in a loop that repeats whatever failed: three times in all. */
export const blind: Peer = {
  name: "this package in a blind retry",
  refunds: ({ host }, orders) =>
    inLanes(orders, async (order) => {
      const iotvideo = client(host, order);
      let told = "";
      for (let made = 0; made < 3 && told !== "done"; made += 1) told = await once(iotvideo, order);
      return told;
    }),
};

/** The official Node SDK. It has no retries, so it has one row. */
export const node: Peer = {
  name: "Node SDK",
  refunds: ({ host }, orders) =>
    inLanes(orders, async ({ account, serviceId, orderId }) => {
      const client = new tencentcloud.CommonClient(host, "2019-11-26", {
        credential: { secretId: account, secretKey: SECRET_KEY },
        region: "ap-guangzhou",
        profile: { httpProfile: { protocol: "http://", reqTimeout: TIMEOUT / 1000 } },
      });
      try {
        await client.request("RefundStorageService", { ServiceId: serviceId, OrderId: orderId });
        return "done";
      } catch (error) {
        return `failed: ${(error as { code?: string }).code ?? (error as Error).name}`;
      }
    }),
};

/** The official Python SDK, with its StandardRetryer or without. */
export const python = (retries: boolean): Peer =>
  spoken(
    "Python SDK",
    retries,
    "target/clients/python/bin/python",
    "-B",
    "tests/clients/python/faults.py",
  );

/** The official Go SDK, with its retries or without. */
export const go = (retries: boolean): Peer => spoken("Go SDK", retries, "target/clients/go/faults");

/** All of them, in the order of the table. */
export const PEERS = [
  planned(1),
  planned(2),
  own,
  blind,
  node,
  python(false),
  python(true),
  go(false),
  go(true),
];

/** Whether a client can run here. */
export const isThere = ({ needs }: Peer): boolean => needs === undefined || existsSync(needs);

function client(host: string, { account }: Order): Iotvideo {
  return new Iotvideo({
    credential: { secretId: account, secretKey: SECRET_KEY },
    region: "ap-guangzhou",
    endpoint: `http://${host}`,
    timeout: TIMEOUT,
    retry: { baseDelay: 10 },
  });
}

async function once(iotvideo: Iotvideo, { serviceId, orderId }: Order): Promise<string> {
  try {
    await iotvideo.RefundStorageService({ ServiceId: serviceId, OrderId: orderId });
    return "done";
  } catch (error) {
    return Tc3Error.is(error) ? error.outcome : String(error);
  }
}

/** One that is driven by a program, which makes one refund after the other: several of it run at once. */
function spoken(sdk: string, retries: boolean, command: string, ...args: string[]): Peer {
  const ask = program<Asked, { told: string }>(command, ...args);
  return {
    name: `${sdk}, ${retries ? "with its retries" : "as it comes"}`,
    needs: command,
    async refunds({ host }, orders) {
      const calls = orders.map(({ account: secretId, serviceId: id, orderId: order }) => {
        return { host, secretId, id, order, retries };
      });
      const size = Math.ceil(calls.length / PROGRAMS);
      const shares = Array.from({ length: Math.ceil(calls.length / size) }, (_, at) =>
        calls.slice(at * size, (at + 1) * size),
      );
      const told = await Promise.all(shares.map(ask));
      return told.flat().map((one) => one.told);
    },
  };
}

async function inLanes(
  orders: Order[],
  refund: (order: Order) => Promise<string>,
): Promise<string[]> {
  const told: string[] = [];
  const waiting = orders.entries();
  const lane = async () => {
    for (const [at, order] of waiting) told[at] = await refund(order);
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  return told;
}
