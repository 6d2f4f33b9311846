/** Lets a client refund an order for each seed, and holds what it told against the sandbox's ledger. */

import assert from "node:assert/strict";
import type { TestContext } from "node:test";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import type { LedgerEntry } from "../../../sandbox/hosts/engine.ts";
import { type SandboxServer, serveSandbox } from "../../../sandbox/hosts/node.ts";
import { type Peer, SECRET_KEY } from "./clients.ts";
import { ACTION, type Order, serveFaults } from "./front.ts";
import { faultsOf, REPLAYED, SEEDS } from "./seeds.ts";

/** What became of one refund. */
export interface Fate {
  seed: number;
  told: string;
  /** Whether the order is refunded. */
  refunded: boolean;
  /** What each request for it that arrived was answered by the sandbox, before a fault. */
  arrived: string[];
  /** Whether one arrived behind the one that was carried out. */
  again: boolean;
}

/** All of them; `done`, `misreported`, `givenUp` and `unknown` are each refund once. */
export interface Count {
  refunds: number;
  /** Arrived more than once. */
  twice: number;
  /** Arrived again after it was carried out. */
  again: number;
  /** Told as failed and refunded, or told as done and not. */
  misreported: number;
  /** Told as failed and not refunded, so that to repeat it was safe. */
  givenUp: number;
  unknown: number;
  done: number;
}

/** Refunds an order for each seed by a client. */
export async function measure({ refunds }: Peer, seeds = SEEDS): Promise<Fate[]> {
  const accounts = seeds.map((seed) => `refund-${seed}`);
  const sandbox = await serveSandbox({
    seed: 7,
    accounts: accounts.map((account) => ({ account, secretId: account, secretKey: SECRET_KEY })),
  });
  try {
    const orders = await Promise.all(seeds.map((seed) => buy(sandbox, seed)));
    const front = await serveFaults(sandbox, orders);
    const told = await refunds({ host: new URL(front.origin).host, sandbox }, orders);
    front.close();
    const ledger = await sandbox.ledger({ attempts: true });
    return orders.map((order, at) => fate(order, told[at] ?? "", ledger));
  } finally {
    await sandbox.close();
  }
}

/** Counts them. */
export function count(fates: Fate[]): Count {
  const those = (is: (fate: Fate) => boolean) => fates.filter(is).length;
  return {
    refunds: fates.length,
    twice: those(({ arrived }) => arrived.length > 1),
    again: those(({ again }) => again),
    misreported: those(isMisreported),
    givenUp: those(({ told, refunded }) => isFailure(told) && !refunded),
    unknown: those(({ told }) => told === "unknown"),
    done: those(({ told, refunded }) => told === "done" && refunded),
  };
}

/** What no caller may meet: something told that is not so, and a refund that is sent again though it was carried out. */
export function assertSound(fates: Fate[]): void {
  const wrong = fates.filter((fate) => isMisreported(fate) || fate.again);
  assert.deepEqual(wrong.map(sentence), []);
}

/** Measures in a test, and prints what was counted, or what became of the one that is played again. */
export async function measured(t: TestContext, peer: Peer): Promise<Fate[]> {
  const fates = await measure(peer);
  for (const fate of REPLAYED ? fates : []) t.diagnostic(sentence(fate));
  t.diagnostic(
    `${peer.name}, seeds ${SEEDS[0]} to ${SEEDS.at(-1)}: ${JSON.stringify(count(fates))}`,
  );
  return fates;
}

const isFailure = (told: string) => told !== "done" && told !== "unknown";

function isMisreported({ told, refunded }: Fate): boolean {
  return refunded ? isFailure(told) : told === "done";
}

function sentence({ seed, told, refunded, arrived }: Fate): string {
  const truth = refunded ? "refunded" : "not refunded";
  const faults = faultsOf(seed).join(", ");
  return `TC3_EDGE_SEED=${seed}: told ${told}, ${truth}; arrived: ${arrived}; faults: ${faults}`;
}

async function buy({ url }: SandboxServer, seed: number): Promise<Order> {
  const account = `refund-${seed}`;
  const region = "ap-guangzhou";
  const credential = { secretId: account, secretKey: SECRET_KEY };
  const iotvideo = new Iotvideo({ credential, region, endpoint: url });
  const purchase = { PkgId: "yc1m3d", Tid: "camera-1", OrderCount: 1, StorageRegion: region };
  const { ServiceId: serviceId, Data } = await iotvideo.CreateStorageService(purchase);
  return { seed, account, serviceId, orderId: Data[0]?.OrderId ?? "" };
}

/** What the ledger says of an order; nothing else of its account is refunded. */
function fate({ seed, account, orderId }: Order, told: string, ledger: LedgerEntry[]): Fate {
  const lines = ledger.filter((line) => line.account === account && line.action === ACTION);
  const attempts = lines.filter(({ what }) => what === "attempted");
  const done = lines.find((line) => line.orderId === orderId);
  return {
    seed,
    told,
    refunded: done !== undefined,
    arrived: attempts.map(({ outcome }) => outcome ?? ""),
    again: done !== undefined && attempts.at(-1)?.requestId !== done.requestId,
  };
}
