/** What happens, line by line. */

import type { Progress } from "tc3-edge/refund";
import { clock, ordersOf } from "./text.ts";

/** A line for a person who waits; none for what the report says anyway. */
export function describeProgress(progress: Progress): string | undefined {
  switch (progress.kind) {
    case "finished":
      return undefined;
    case "sending":
      return `Sending the refund of ${ordersOf(progress.OrderIds)}.`;
    case "readBack":
      return `The answer is lost: reading back what became of ${ordersOf(progress.OrderIds)}.`;
    case "waiting": {
      const { ms, OrderIds } = progress;
      const minutes = ms > 90_000 ? ` (${Math.ceil(ms / 60_000)} minutes)` : "";
      return `Waiting until ${clock(Date.now() + ms)}${minutes} for ${ordersOf(OrderIds)}: what was sent may still be carried out.
  Ctrl-C ends the wait: what is on its way is reported as unknown, and the journal settles it next time: run the same command again.`;
    }
    case "settled": {
      const { OrderId, outcome } = progress.order;
      const what = { done: "refunded", notDone: "not refunded" }[outcome as string];
      return `  ${ordersOf([OrderId])}: ${what ?? "a person must look"}`;
    }
  }
}
