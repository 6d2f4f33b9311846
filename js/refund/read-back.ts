/** What became of requests whose answers were lost. */

import { type Event, open, step } from "./order.ts";
import { tell } from "./report.ts";
import { after, ids, idsOf, orders, readAgain, rest, SOON, type Work } from "./work.ts";

/** How often a list is read for an answer that was lost; a clock that stands still would have it read for ever. */
const MOST_READINGS = 10;

/** How many of these may hide the service's clock, as a cache's answers do, until it counts as hidden. */
const MOST_WITHOUT_CLOCK = 3;

/** Reads back what is open until it is known, or until the caller does not want to wait. */
export async function settle(work: Work): Promise<void> {
  const { options, plan } = work;
  const { ServiceId } = plan;
  let withoutClock = 0;
  for (let readings = 1; orders(work, "readBack").length > 0; readings += 1) {
    if (options.signal?.aborted) return;
    tell(options.onProgress, { kind: "readBack", ServiceId, OrderIds: idsOf(work, "readBack") });
    const isRead = await readAgain(work);
    if (isRead && work.reading.serverTime === undefined) withoutClock += 1;
    const isLast = options.settle === "later" || withoutClock === MOST_WITHOUT_CLOCK;
    if (isRead) await readBack(work, isLast);
    const open = orders(work, "readBack");
    if (open.length === 0 || options.settle === "later" || readings === MOST_READINGS) return;
    const { serverTime } = work.reading;
    const until = Math.min(...open.map(({ phase }) => phase.until));
    // A Date has whole seconds.
    const ms = isRead && serverTime !== undefined ? until - serverTime + 1000 : SOON;
    const OrderIds = idsOf(work, "readBack");
    tell(options.onProgress, { kind: "waiting", ServiceId, OrderIds, ms });
    if (!(await rest(work, Math.max(ms, 1000)))) return;
  }
}

/** What the reading says of all that is open; where it hides the clock and is not the last, the next one may show it. */
export async function readBack(work: Work, isLast: boolean): Promise<void> {
  const { reading, options } = work;
  const event: Event = { what: "read", reading };
  const said = orders(work, "readBack").filter(
    ({ order, phase }) => isLast || step(order, phase, event, options).why?.code !== "NoClock",
  );
  await after(work, ids(said.map(({ order }) => order)), event);
}

/** What the journal knows as done and the list shows as valid is another order of the same id, or nobody knows. */
export function doubt(work: Work): void {
  for (const known of orders(work, "tell")) {
    if (known.phase.name !== "done") continue;
    const event: Event = { what: "read", reading: work.reading };
    const assumed = { ...work.options, reusesIds: true };
    const phase = step({ ...known.order, Status: 2 }, open(0), event, assumed);
    if (/ReusedId|Changed/.test(phase.why?.code ?? "")) known.phase = phase;
  }
}
