/** Many refunds with one journal. */

import { start } from "../core.ts";
import { aNumber, isObject } from "../kinds.ts";
import { refundCore } from "../load/refund.ts";
import { readMembers } from "../members.ts";
import { wrong } from "../problems.ts";
import { carryOut } from "./carry-out.ts";
import { OPTIONS, type RefundOptions, readRefundOptions } from "./options.ts";
import { planRefund, type RefundTarget, readPlan, readTarget } from "./plan.ts";
import type { RefundPlan } from "./plan-types.ts";
import type { RefundClient } from "./reading.ts";
import { keyOf, type Records, withRecords } from "./records.ts";
import { type RefundReport, tell } from "./report.ts";

/** How many refunds are carried out. */
export interface RefundManyOptions extends RefundOptions {
  /** How many services are refunded at the same time. @default 4 */
  concurrency?: number;
}

/** What became of one of them. */
export interface RefundedService {
  /** What was asked for. */
  target: RefundTarget;
  /** What became of its orders. */
  report?: RefundReport;
  /** Why nothing was sent for it. */
  error?: unknown;
}

const MANY = { ...OPTIONS, concurrency: aNumber };

/**
 * Refunds many services, each by its plan, or by one that is drawn when its turn comes. Stopped anywhere and called again with the
 * same targets and the same journal it goes on: a plan that the journal has is carried on as it was drawn, what is done stays
 * done, and nothing is sent twice that may have been accepted. Take another journal for another batch.
 *
 * @throws ValidationError, JournalError: nothing was sent. What befalls one service is in its row, in the order of the targets.
 * @example const rows = await refundMany(iotvideo, targets, { journal: await openFileJournal("refunds.journal") });
 */
export async function refundMany(
  client: RefundClient,
  targets: Iterable<RefundTarget | RefundPlan>,
  options: RefundManyOptions = {},
): Promise<RefundedService[]> {
  const { concurrency = 4, ...rest } = readMembers(options, MANY);
  if (!(Number.isInteger(concurrency) && concurrency >= 1)) {
    throw wrong("concurrency", "must be a whole number from 1");
  }
  const read = readRefundOptions(rest);
  if (!isObject(targets) || !(Symbol.iterator in targets)) {
    throw wrong("targets", "must be a list of targets or plans", "Type");
  }
  const asked = Array.from(targets, (target) =>
    isObject(target) && "orders" in target ? readPlan(target) : readTarget(target),
  );
  refuseTwice(asked);
  await start(refundCore);
  return withRecords(read.journal, async (records) => {
    const rows: RefundedService[] = [];
    let next = 0;
    let finished = 0;
    const worker = async () => {
      while (next < asked.length) {
        const at = next;
        next += 1;
        const target = asked[at] as RefundTarget | RefundPlan;
        const { ServiceId, OrderId } = target;
        const row: RefundedService = { target: { ServiceId, ...(OrderId && { OrderId }) } };
        try {
          read.signal?.throwIfAborted();
          const plan = await planFor(client, target, records, read);
          row.report = await carryOut(client, plan, records, read);
        } catch (error) {
          row.error = error;
        }
        rows[at] = row;
        finished += 1;
        const { report, error } = row;
        const more = { ...(report && { report }), ...("error" in row && { error }) };
        tell(read.onProgress, { kind: "finished", ServiceId, finished, ...more });
      }
    };
    await Promise.all(Array.from({ length: Math.min(concurrency, asked.length) }, worker));
    return rows;
  });
}

/** The given plan, the journal's, or a new one. */
async function planFor(
  client: RefundClient,
  target: RefundTarget | RefundPlan,
  { plans }: Records,
  { signal, timeout, now }: RefundOptions,
): Promise<RefundPlan> {
  if ("orders" in target) return target;
  const known = plans.get(keyOf(target));
  if (known) return readPlan(known);
  return planRefund(client, target, {
    ...(signal && { signal }),
    ...(timeout !== undefined && { timeout }),
    ...(now && { now }),
  });
}

/** Two refunds of one service at the same time would each change what the other planned. */
function refuseTwice(targets: (RefundTarget | RefundPlan)[]): void {
  const seen = new Set<string>();
  for (const { ServiceId } of targets) {
    if (seen.has(ServiceId)) {
      throw wrong("targets", `name the service ${ServiceId} twice: refund it in one go`, "Twice");
    }
    seen.add(ServiceId);
  }
}
