/** What became of a refund, in words, and as an exit status. */

import { resolve } from "node:path";
import type { RefundedOrder, RefundReport } from "tc3-edge/refund";
import { clock, describeError, plain, sentence } from "./text.ts";

/** Every order, in what it went otherwise than planned, and what to do next. */
export function describeReport(report: RefundReport, journal: string): string {
  const { orders, differences, stopped } = report;
  return [
    report.isDone ? "All is done." : "NOT ALL IS DONE.",
    ...orders.map((order) => describeOrder(order, differences)),
    ...(differences.length > 0 ? ["Otherwise than planned:"] : []),
    ...differences.map((difference) => `  ${plain(difference)}`),
    ...(stopped === undefined ? [] : [`Why no more was sent: ${describeError(stopped)}`]),
    ...nextSteps(orders),
    `The journal is ${plain(resolve(journal))}: keep it, since it knows what was sent.`,
  ].join("\n");
}

/** 0 where all is done, else 3. */
export function statusOf({ isDone }: RefundReport): number {
  return isDone ? 0 : 3;
}

/** What became of one order, in a line. */
export function describeOrder(order: RefundedOrder, differences: string[] = []): string {
  return `  order ${plain(order.OrderId)}: ${outcomeOf(order, differences)}`;
}

function outcomeOf(order: RefundedOrder, differences: string[]): string {
  const { OrderId, fate, outcome, check, error, tries, signedAt = 0 } = order;
  const why = error === undefined ? "" : ` ${describeError(error)}`;
  switch (outcome) {
    case "done":
      if (differences.some((text) => text.startsWith(`the order ${OrderId} `))) {
        return "done, but otherwise than planned: see below";
      }
      if (fate === "void") return "done: void, what was paid for it is lost";
      if (fate === "returns") return "done: returned to the pool of paid orders";
      return "done: refunded";
    case "notDone":
      return `NOT DONE, and no request that was sent can do it any more (${sent(tries)}).${why}`;
    case "notSent":
      return "not sent";
    case "unknown":
      if (check?.code === "StillOpen") {
        return `UNKNOWN. Its answer is lost; its request may still be carried out until about six minutes after ${clock(signedAt)}, when it was signed.`;
      }
      return `UNKNOWN. ${plain(sentence(check?.message ?? "look at it in the service's console"))}`;
  }
}

function nextSteps(orders: RefundedOrder[]): string[] {
  const of = (outcome: RefundedOrder["outcome"]) => orders.filter((row) => row.outcome === outcome);
  const [unknown, notDone, notSent] = [of("unknown"), of("notDone"), of("notSent")];
  const isOpen = unknown.some(({ check }) => check?.code === "StillOpen");
  const tries = Math.max(0, ...notDone.map((row) => row.tries));
  const steps: string[] = [];
  if (isOpen) {
    steps.push(
      "run the same command again: it reads what became of the unknown, and never sends that twice",
    );
  }
  if (unknown.some(({ check }) => check?.code !== "StillOpen")) {
    steps.push("look at the unknown orders yourself before anything is sent for them again");
  }
  if (notDone.length > 0) {
    steps.push(`for another request for what is not done, run it with --tries ${tries + 1}`);
  }
  if (notSent.length > 0) steps.push("for what was not sent, run the same command again");
  return steps.map((step) => `Next: ${step}.`);
}

function sent(tries: number): string {
  return tries === 1 ? "1 request was sent" : `${tries} requests were sent`;
}

/** As JSON; errors that are not the package's would be empty. */
export function toJson(value: unknown): string {
  const withErrors = (_: string, member: unknown) =>
    member instanceof Error && !("toJSON" in member)
      ? { name: member.name, message: member.message }
      : member;
  return JSON.stringify(value, withErrors, 2);
}
