/** Every way in which a refund can fail, and what its caller must be told: see `servers/faults.ts`. */

import { expect } from "./suite-checks.js";

/** How long a try is given whose answer never comes, in milliseconds. */
const TIMEOUT = 150;

/** The length of a whole answer to a refund whose id has three digits; one that is cut before proves nothing. */
const LENGTH = 105;

/**
 * What must be told: `done`, `refused`, `notSent`, `unknown`; or `once`, which is `refused` where the platform is known to
 * send a call once, and else `unknown`; `throttled` is done there after some tries.
 *
 * @type {[fault: string, told: "done" | "refused" | "unknown" | "once" | "throttled"][]}
 */
const FAULTS = [
  ["none", "done"],
  ["no date", "done"],
  ["wrong date", "done"],
  ["charset", "done"],
  ["cut while writing", "unknown"],
  ["cut before", "unknown"],
  ["cut after", "unknown"],
  ...Array.from(
    { length: LENGTH },
    (_, at) => /** @type {[string, "unknown"]} */ ([`cut at-${at}`, "unknown"]),
  ),
  ["late", "unknown"],
  ...[301, 302, 303, 307, 308, 404, 429, 500, 502, 503, 504].flatMap((status) =>
    ["status", "page", "refused with status"].map(
      (fault) => /** @type {[string, "unknown"]} */ ([`${fault}-${status}`, "unknown"]),
    ),
  ),
  ["storm-1", "throttled"],
  ["storm-2", "throttled"],
  ["storm-9", "once"],
  ["missing", "once"],
  ["unsigned", "refused"],
  ["internal", "unknown"],
];

/**
 * Makes each refund and holds what was told against what the service did.
 *
 * @param {import("./suite.js").Library["iotvideo"]} iotvideo
 * @param {import("tc3-edge").ClientOptions} options
 * @param {{ state(id: string): Promise<{ arrivals: number, executed: boolean }> }} trouble
 * @param {boolean} once whether the platform is known to send a call once
 */
export async function faults({ Iotvideo }, options, trouble, once) {
  const random = () => 0;
  const client = new Iotvideo({ ...options, random, rate: "off", concurrency: 6 });
  const check = async (/** @type {(typeof FAULTS)[number]} */ [fault, told]) => {
    const ServiceId = `${fault}:${crypto.randomUUID()}`;
    // Of each try: a call may wait for its turn before.
    const tryTimeout = fault === "late" ? TIMEOUT : 10_000;
    // More than the buffers between here and the server hold.
    const long = fault === "cut while writing" ? { OrderId: "o".repeat(9_000_000) } : {};
    const outcome = await client.RefundStorageService({ ServiceId, ...long }, { tryTimeout }).then(
      () => "done",
      (error) => error.outcome,
    );
    const expected =
      told === "once"
        ? once
          ? "refused"
          : "unknown"
        : told === "throttled"
          ? once
            ? "done"
            : "unknown"
          : told;
    const { arrivals, executed } = await trouble.state(ServiceId);
    const seen = `${fault}: ${outcome}, expected ${expected}; arrivals ${arrivals}, executed ${executed}`;
    expect(outcome === expected, seen);
    expect(outcome !== "done" || executed, seen);
    expect((outcome !== "refused" && outcome !== "notSent") || !executed, seen);
  };
  await Promise.all(FAULTS.map(check));
  return FAULTS.length;
}
