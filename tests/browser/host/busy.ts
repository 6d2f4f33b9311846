/** Buys and refunds without end, three calls at a time, and tells of each answer at once. */

import { startSandbox } from "../../../sandbox/hosts/page.ts";
import { clientOf, PURCHASE } from "./client.ts";

/** A call that was answered. */
export interface Acknowledged {
  requestId: string;
  /** What it bought; nothing for a refund. */
  orders?: number;
}

/** The tests' ends of it. */
interface Ears {
  acknowledge(call: Acknowledged): void;
  complain(text: string): void;
}

export async function busy(seed: number): Promise<void> {
  const { acknowledge, complain } = globalThis as unknown as Ears;
  const sandbox = await startSandbox({ keep: "indexeddb", unlimited: true });
  const client = clientOf(sandbox);
  const lane = async (number: number) => {
    for (let turn = 0; ; turn += 1) {
      const OrderCount = 1 + ((seed + number + turn) % 4);
      const purchase = { ...PURCHASE, Tid: `camera-${number}`, OrderCount };
      const bought = await client.CreateStorageService(purchase);
      acknowledge({ requestId: bought.RequestId, orders: OrderCount });
      const { ServiceId } = bought;
      const refunded = await client.RefundStorageService({ ServiceId });
      acknowledge({ requestId: refunded.RequestId });
    }
  };
  for (const number of [1, 2, 3]) lane(number).catch((error) => complain(String(error)));
}
