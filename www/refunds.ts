/** The door's part for refunds that are planned first: with a journal, and by the sandbox's clock. */

import {
  type Journal,
  JournalError,
  memoryJournal,
  type OpenJournal,
  type Progress,
  planRefund,
  type RefundClient,
  type RefundPlan,
  type RefundReport,
  type RefundTarget,
  refund,
} from "tc3-edge/refund";
import { openPageJournal } from "tc3-edge/refund/page";
import type { PageSandbox } from "../sandbox/hosts/page.ts";
import type { SandboxClock } from "./clock.ts";

/** The journal's database. */
const JOURNAL = "tc3-edge-console-refunds";

/** Under this name the plan is kept that is being carried out, so that it is found when the page was closed meanwhile. */
const BEGUN = "tc3-edge-console-refund";

/** What becomes of the next refund's answer: it comes, it is lost once it was carried out, or nothing ever arrived. */
export type Fault = "none" | "answerLost" | "neverArrives";

/** How a plan is carried out. */
export interface CarryOut {
  fault: Fault;
  /** How many requests may have been sent for an order in the end. */
  tries: number;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** Refunds as the page makes them. */
export interface Refunds {
  /** Why the journal does not outlive the page; absent where it does. */
  notKept?: string;
  /** A plan that was being carried out when the page was closed. */
  begun?: RefundPlan;
  plan(target: RefundTarget): Promise<RefundPlan>;
  carryOut(plan: RefundPlan, how: CarryOut): Promise<RefundReport>;
  /** Empties the journal: a sandbox that starts again may give the same ids once more. */
  forget(): Promise<void>;
}

interface Place {
  client: RefundClient;
  sandbox: PageSandbox;
  clock: SandboxClock;
  /** Why the sandbox is not kept: its refunds need not be either. */
  notKept?: string;
}

/** Opens the journal, or goes on in memory where it cannot be had. */
export async function openRefunds({ client, sandbox, clock, ...place }: Place): Promise<Refunds> {
  let { journal, notKept } = await openJournal(place.notKept);
  const begun = notKept === undefined ? localStorage.getItem(BEGUN) : null;
  const remember = (plan: RefundPlan) => {
    if (notKept === undefined) localStorage.setItem(BEGUN, JSON.stringify(plan));
  };
  const settled = () => {
    if (notKept === undefined) localStorage.removeItem(BEGUN);
  };
  return {
    ...(notKept !== undefined && { notKept }),
    ...(begun !== null && { begun: JSON.parse(begun) }),
    plan: (target) => planRefund(client, target, { now: clock.now }),
    async carryOut(plan, { fault, ...told }) {
      await addFault(sandbox, fault);
      remember(plan);
      try {
        const { now, wait } = clock;
        const report = await refund(client, plan, { ...told, journal, now, wait });
        if (report.orders.every(({ outcome }) => outcome !== "unknown")) settled();
        return report;
      } catch (error) {
        // Nothing was sent.
        settled();
        throw error;
      } finally {
        // It may not have come to a request. Where this fails, what became of the refund counts more.
        await sandbox.control("clearFaults").catch(() => {});
      }
    },
    async forget() {
      settled();
      if ("close" in journal) {
        await journal.close();
        await deleted(JOURNAL);
      }
      ({ journal, notKept } = await openJournal(notKept));
    },
  };
}

async function openJournal(
  why: string | undefined,
): Promise<{ journal: Journal | OpenJournal; notKept?: string }> {
  if (why !== undefined) return { journal: memoryJournal(), notKept: why };
  try {
    return { journal: await openPageJournal(JOURNAL) };
  } catch (error) {
    if (!(error instanceof JournalError)) throw error;
    return { journal: memoryJournal(), notKept: error.message };
  }
}

async function addFault(sandbox: PageSandbox, fault: Fault): Promise<void> {
  if (fault === "none") return;
  const when = fault === "answerLost" ? "after" : "before";
  const action = "RefundStorageService";
  await sandbox.control("addFault", { action, when, effect: "cut", count: 1 });
}

function deleted(database: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(database);
    request.onsuccess = () => resolve();
    request.onerror = () => reject(request.error);
  });
}
