/** The same faults for each client: what it sent, what it told, and whether that was true. */

import { randomUUID } from "node:crypto";
import type { TestContext } from "node:test";
import { serveTrouble } from "../../packaging/servers/trouble.ts";
import type { Refunds } from "./clients.ts";

/** The faults; `servers/faults.ts` says what each is. */
export const FAULTS = [
  "none",
  "charset",
  "wrong date",
  "cut before",
  "cut after",
  "cut at-40",
  "late",
  "status-502",
  "page-502",
  "status-302",
  "storm-1",
  "storm-9",
  "missing",
  "unsigned",
  "internal",
] as const;

/** What became of one refund. */
export interface Row {
  fault: (typeof FAULTS)[number];
  /** How often it was sent. */
  sent: number;
  /** Whether the service executed it. */
  executed: boolean;
  told: string;
  ms: number;
}

/** Whether somebody was told of a failure, or of a success, that was none. */
export function isWrong({ executed, told }: Row): boolean {
  if (told === "done") return !executed;
  return told !== "unknown" && executed;
}

/** Makes a refund through each fault, and says what became of it. */
export async function through(t: TestContext, name: string, refunds: Refunds): Promise<Row[]> {
  const trouble = await serveTrouble();
  t.after(() => trouble.close());
  const ids = FAULTS.map((fault) => `${fault}:${randomUUID()}`);
  const told = await refunds(new URL(trouble.origin).host, ids);
  const rows: Row[] = [];
  for (const [at, fault] of FAULTS.entries()) {
    const answer = await fetch(`${trouble.origin}/state?id=${encodeURIComponent(ids[at] ?? "")}`);
    const { arrivals, executed } = await answer.json();
    rows.push({ fault, sent: arrivals, executed, told: "", ms: 0, ...told[at] });
  }
  t.diagnostic(`${name}: fault | sent | executed | told | ms`);
  for (const row of rows) {
    const { fault, sent, executed, told, ms } = row;
    const mark = isWrong(row) ? " (wrong)" : "";
    t.diagnostic(
      `| ${fault} | ${sent} | ${executed ? "yes" : "no"} | ${told}${mark} | ${ms.toFixed(0)} |`,
    );
  }
  return rows;
}
