/** From what was left open to what became of the refund. */

import { ValidationError } from "tc3-edge";
import { type OpenJournal, type RefundPlan, type RefundReport, refund } from "tc3-edge/refund";
import { ask } from "./confirm.ts";
import { type Earlier, heldBack, settleEarlier } from "./earlier.ts";
import { draw } from "./plan.ts";
import { describeOrder, describeReport, statusOf } from "./report.ts";
import type { Service } from "./service.ts";
import type { Session } from "./session.ts";
import { describeError } from "./text.ts";

/** Gives the exit status. */
export async function planAndRefund(
  session: Session,
  service: Service,
  journal: OpenJournal,
): Promise<number> {
  const { asked, signal, onProgress } = session;
  const earlier = await settleEarlier(session, service, journal);
  const { wasOpen } = earlier;
  if (signal.aborted && wasOpen.length > 0) return finish(session, earlier);
  let plan: RefundPlan;
  try {
    plan = await draw(session, service);
  } catch (error) {
    if (wasOpen.length === 0) throw error;
    session.say(`\n${describeError(error)}`);
    const status = finish(session, earlier);
    // That nothing is left to refund is no failure of a run that settled what was open.
    return error instanceof ValidationError ? status : Math.max(status, 1);
  }
  const held = heldBack(plan.orders, earlier, asked.refund.tries);
  if (held.length === plan.orders.length) {
    session.say("\nNo request is sent: the journal knows these orders.");
    return finish(session, earlier, { orders: held });
  }
  if (held.length > 0) session.say("\nNo request is sent for these, which the journal knows:");
  for (const order of held) session.say(describeOrder(order));
  if (!(await isConfirmed(session, service))) {
    session.say("Nothing was sent.");
    return 1;
  }
  session.say("");
  const options = { ...asked.refund, journal, signal, onProgress };
  return finish(session, earlier, await refund(service.client, plan, options));
}

/** Whether a person wants this. */
async function isConfirmed({ asked, output, signal, say }: Session, { isLoopback }: Service) {
  const warning = isLoopback
    ? "This is a service on this machine, not the real one."
    : "This is the REAL service and REAL MONEY: what becomes void is lost.";
  const question = `\n${warning}\nType the ServiceId to refund it: `;
  const answer = await ask(question, output, signal);
  // What comes through a pipe is not seen, nor is its new line.
  if (!signal.aborted && (answer === undefined || !process.stdin.isTTY)) say("");
  if (answer === asked.target.ServiceId) return true;
  if (answer !== undefined) say("That is not the ServiceId.");
  return false;
}

/** Reports this run's orders, and those that it settled of an earlier one. */
function finish(
  session: Session,
  { wasOpen }: Earlier,
  report: Partial<RefundReport> & Pick<RefundReport, "orders"> = { orders: [] },
): number {
  const ids = new Set(report.orders.map(({ OrderId }) => OrderId));
  const orders = [...report.orders, ...wasOpen.filter(({ OrderId }) => !ids.has(OrderId))];
  const { ServiceId } = session.asked.target;
  const isDone = orders.every(({ outcome }) => outcome === "done");
  const whole: RefundReport = { ServiceId, differences: [], ...report, isDone, orders };
  session.say(`\n${describeReport(whole, session.asked.journal)}`);
  session.data(whole);
  return statusOf(whole);
}
