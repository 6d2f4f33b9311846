/** Carries a plan out: reads, keeps, sends and waits as the core says. */

import { wrong } from "../problems.ts";
import { report } from "./conclude.ts";
import type { ReadRefundOptions } from "./options.ts";
import { checkFates } from "./plan.ts";
import type { RefundPlan } from "./plan-types.ts";
import { doubt, readBack, settle } from "./read-back.ts";
import { type RefundClient, readService } from "./reading.ts";
import type { Records } from "./records.ts";
import type { Known, RefundReport } from "./report.ts";
import { mayBeSent, sendAll } from "./send-orders.ts";
import {
  adopt,
  believe,
  isWholeOpen,
  orders,
  readNow,
  rest,
  SOON,
  stop,
  type Work,
} from "./work.ts";

/** Carries a plan out, with what the journal knows of it. */
export async function carryOut(
  client: RefundClient,
  plan: RefundPlan,
  records: Records,
  options: ReadRefundOptions,
): Promise<RefundReport> {
  refuseToTakeMore(plan, options);
  checkFates(plan);
  const { signal, timeout } = options;
  const calls = { ...(signal && { signal }), ...(timeout !== undefined && { timeout }) };
  const known = new Map<string, Known>(
    Array.from(records.entries.get(plan.ServiceId) ?? [], ([id, entry]) => [id, { ...entry }]),
  );
  const reading = await readService(client, plan.ServiceId, calls);
  const isBegun = plan.orders.some(({ OrderId }) => known.has(OrderId));
  const work: Work = {
    client,
    plan,
    records,
    options,
    calls,
    known,
    reading,
    offset: 0,
    readAt: 0,
    isStale: false,
    isBegun,
  };
  adopt(work, reading);
  const wasOpen = orders(work, "readBack").map(({ order }) => order);
  work.isBegun ||= wasOpen.length > 0;
  try {
    await goThrough(work);
  } catch (error) {
    // Such as a caller's broken clock. What was sent is told all the same.
    stop(work, error);
  }
  return report(work, reading.orders, wasOpen);
}

/** From what the journal has to what can be known now. */
async function goThrough(work: Work): Promise<void> {
  await readBack(work, work.options.settle === "later");
  // Whoever is refused while it may arrive does not know why.
  if (isWholeOpen(work)) await settle(work);
  doubt(work);
  believe(work);
  for (let round = 1; ; round += 1) {
    const todo = work.plan.orders.filter((order) => mayBeSent(work, order, round));
    if (round > 1) {
      if (todo.length === 0) return;
      await rest(work, SOON);
      // A plan that was not read again is not carried out.
      await readNow(work);
    }
    const goesOn = todo.length === 0 || (await sendAll(work, todo));
    await settle(work);
    if (!goesOn) return;
  }
}

/** One call for the whole service would also take what the plan leaves. */
function refuseToTakeMore({ OrderId, stay }: RefundPlan, { whole }: ReadRefundOptions): void {
  if (!whole || (OrderId === undefined && stay.length === 0)) return;
  throw wrong("whole", "would also refund what is not in the plan: give a plan of every order");
}
