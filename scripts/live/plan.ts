/** A plan before a person's eyes. */

import { describePlan, planRefund, planTimeline, type RefundPlan } from "tc3-edge/refund";
import type { Service } from "./service.ts";
import type { Session } from "./session.ts";

/** `--plan-only`. */
export async function showPlan(session: Session, service: Service): Promise<number> {
  session.data(await draw(session, service));
  session.say("\nThis was the plan only: nothing was refunded.");
  return 0;
}

/** Reads the service and shows what a refund would do. */
export async function draw(session: Session, { client }: Service): Promise<RefundPlan> {
  const { asked, signal, output } = session;
  const plan = await planRefund(client, asked.target, { signal });
  session.say(`\n${describePlan(plan)}`);
  session.say(`\n${planTimeline(plan, { columns: output.columns || 72 })}`);
  return plan;
}
