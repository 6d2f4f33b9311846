/** A plan in words and as pictures: exact for a few plans, and for any plan whole, aligned and escaped. */

import assert from "node:assert/strict";
import { test } from "node:test";
import type { ListedOrder, PlannedOrder, RefundPlan } from "../../../js/refund/plan-types.ts";
import { idOf, shorten } from "../../../js/refund/shown.ts";
import { planSvg } from "../../../js/refund/svg.ts";
import { planTimeline } from "../../../js/refund/timeline.ts";
import { describePlan } from "../../../js/refund/words.ts";

const seed = Number(process.env.TC3_EDGE_SEED ?? Math.floor(Math.random() * 2 ** 31));
const PLANS = 300;
const NOW = Date.parse("2026-11-24T09:13:20Z");

function listed(OrderId: string, Status: number, from: string, to: string): ListedOrder {
  const [StartTime, EndTime] = [Date.parse(from) / 1000, Date.parse(to) / 1000];
  return { OrderId, PkgId: "yc1m3d", Status, StartTime, EndTime };
}

function planned(order: ListedOrder): PlannedOrder {
  return { ...order, fate: order.Status === 2 ? "returns" : "void" };
}

/** A plan for a service in force, drawn at `NOW`. */
function planFor(orders: ListedOrder[], stay: ListedOrder[] = [], more = {}): RefundPlan {
  const all = [...orders, ...stay];
  const end = Math.max(...all.map(({ EndTime }) => EndTime));
  const last = Math.max(...stay.map(({ EndTime }) => EndTime));
  const Status = stay.length === 0 ? 2 : stay.some((order) => order.Status === 1) ? 1 : 4;
  return {
    ServiceId: "s-1",
    drawnAt: NOW,
    service: { Status: 1, StartTime: all[0]?.StartTime ?? 0, EndTime: end },
    orders: orders.map(planned),
    stay,
    after: { Status, EndTime: stay.length === 0 ? NOW / 1000 : last },
    ...more,
  };
}

const FIRST = listed("o-1", 1, "2026-11-10", "2026-12-10");
const SECOND = listed("o-2", 2, "2026-12-10", "2027-01-10");
const THIRD = listed("o-3", 2, "2027-01-10", "2027-02-10");

function lines(...all: string[]): string {
  return all.join("\n");
}

test("a refund of everything says what is lost and what returns", () => {
  const plan = planFor([FIRST, SECOND, THIRD]);
  assert.equal(
    describePlan(plan),
    lines(
      "Refund all 3 valid orders of service s-1, as listed at 2026-11-24 09:13 UTC.",
      "1 order becomes void: what was paid for it is lost:",
      "  o-1 (yc1m3d), 2026-11-10 00:00 UTC to 2026-12-10 00:00 UTC",
      "2 orders return to the pool of paid orders, for later purchases:",
      "  o-2 (yc1m3d), 2026-12-10 00:00 UTC to 2027-01-10 00:00 UTC",
      "  o-3 (yc1m3d), 2027-01-10 00:00 UTC to 2027-02-10 00:00 UTC",
      "Service now: in force until 2027-02-10 00:00 UTC.",
      "Service then: lapsed at 2026-11-24 09:13 UTC; recordings, if there are any, are kept for a while.",
      "Assumed:",
      "  An order may still start before its request arrives; then it becomes void too.",
      "  The service's state then follows from the orders that stay.",
    ),
  );
  // 92 days on 67 characters: now, 14.4 days in, is at 10.
  assert.equal(
    planTimeline(plan),
    lines(
      "               now",
      `o-1 |${"x".repeat(10)}:${"x".repeat(11)}`,
      `o-2 |${" ".repeat(10)}:${" ".repeat(11)}${"=".repeat(22)}`,
      `o-3 |${" ".repeat(10)}:${" ".repeat(33)}${"=".repeat(23)}`,
      "    +---------------+----------------------+---------------------+------",
      "                    2026-12                2027-01               2027-02",
      "x void, lost   = back to the pool   : 2026-11-24 09:13 UTC",
    ),
  );
});

test("a refund of the order in use leaves a service that waits", () => {
  const plan = planFor([FIRST], [SECOND, THIRD], { OrderId: "o-1" });
  assert.equal(
    describePlan(plan),
    lines(
      "Refund order o-1 of service s-1, as listed at 2026-11-24 09:13 UTC.",
      "1 order becomes void: what was paid for it is lost:",
      "  o-1 (yc1m3d), 2026-11-10 00:00 UTC to 2026-12-10 00:00 UTC",
      "2 orders stay:",
      "  o-2 (yc1m3d), 2026-12-10 00:00 UTC to 2027-01-10 00:00 UTC",
      "  o-3 (yc1m3d), 2027-01-10 00:00 UTC to 2027-02-10 00:00 UTC",
      "Service now: in force until 2027-02-10 00:00 UTC.",
      "Service then: waiting until 2026-12-10 00:00 UTC, ends at 2027-02-10 00:00 UTC.",
      "Assumed:",
      "  Orders that stay keep their times.",
      "  The service's state then follows from the orders that stay.",
    ),
  );
  assert.equal(
    planTimeline(plan, { columns: 30 }),
    lines(
      "         now",
      "o-1 |xxxx:xxx",
      "o-2 |    :   #########",
      "o-3 |    :            ########",
      "    +--------------+----------",
      "                   2027-01",
      "x void, lost   # stays",
      ": 2026-11-24 09:13 UTC",
    ),
  );
});

test("what an id holds cannot pass for the text around it", () => {
  const nasty = 'o-1 stays.\nService\u202e "名\\';
  const order = { ...FIRST, OrderId: nasty, Status: 3 };
  const plan = planFor([order], [], {
    OrderId: nasty,
    ServiceId: "<script>&",
    drawnAt: Number.NaN,
  });
  const shown = '"o-1 stays.\\u{a}Service\\u{202e} \\"\\u{540d}\\\\"';
  assert.equal(
    describePlan(plan),
    lines(
      `Refund order ${shown} of service "<script>&", as listed at an unknown time.`,
      "1 order becomes void: what was paid for it is lost:",
      `  ${shown} (yc1m3d), 2026-11-10 00:00 UTC to 2026-12-10 00:00 UTC`,
      "Service now: in force until 2026-12-10 00:00 UTC.",
      "Service then: lapsed at 2026-11-24 09:13 UTC; recordings, if there are any, are kept for a while.",
      "Assumed:",
      "  A paused order becomes void, as one in use does.",
      "  The service's state then follows from the orders that stay.",
    ),
  );
  assert.equal(
    planTimeline(plan, { columns: 40 }),
    lines(
      `"o-1 s..d}\\\\" |${"x".repeat(25)}`,
      `              +${"-".repeat(18)}+${"-".repeat(6)}`,
      `${" ".repeat(33)}2026-12`,
      "x void, lost",
    ),
  );
  const svg = planSvg(plan);
  assert(svg.includes("&#34;&#60;script&#62;&#38;&#34;"));
  assert.doesNotMatch(svg, /<script|[^ -~\n]/);
});

test("the service's states are told apart", () => {
  const said = (Status: number, start: string) =>
    describePlan(
      planFor([SECOND], [], {
        service: { Status, StartTime: Date.parse(start) / 1000, EndTime: SECOND.EndTime },
      }),
    ).match(/Service now: (.*)/)?.[1];
  const end = "2027-01-10 00:00 UTC";
  assert.equal(
    said(2, "2026-01-01"),
    `lapsed at ${end}; recordings, if there are any, are kept for a while.`,
  );
  assert.equal(said(3, "2026-01-01"), `expired at ${end}.`);
  assert.equal(said(4, "2026-12-10"), `waiting until 2026-12-10 00:00 UTC, ends at ${end}.`);
  // In a gap: it started long ago.
  assert.equal(said(4, "2026-01-01"), `waiting, ends at ${end}.`);
  assert.equal(said(0, "2026-01-01"), `status 0, ends at ${end}.`);
});

test("orders at the limits are drawn", () => {
  const at = (id: string, from: number, to: number) => ({
    ...SECOND,
    OrderId: id,
    StartTime: from,
    EndTime: to,
  });
  const bars = (plan: RefundPlan) =>
    planTimeline(plan, { columns: 30 })
      .split("\n")
      .filter((line) => line.includes("|"));
  const start = SECOND.StartTime;
  const year = start + 365 * 86_400;
  // A second beside a year is seen; now is far from both.
  const far = planFor([at("a", start, start + 1), at("b", start, year)], [], { drawnAt: 1 });
  assert.deepEqual(bars(far), ["a |=", `b |${"=".repeat(27)}`]);
  assert.match(planTimeline(far), /^ {3}< now\n/);
  const past = planFor([at("a", start, year)], [], { drawnAt: 2 * year * 1000 });
  assert.match(planTimeline(past), /^ +now >\n/);
  // Of no length, at the end of the axis.
  const last = planFor([at("b", start, year), at("c", year, year)]);
  assert.equal(bars(last)[1]?.lastIndexOf("="), 29);
  // What has no times comes last.
  const none = planFor([at("a", 0, 0), at("b", start, start - 1), at("c", start, year)]);
  assert.deepEqual(
    bars(none).map((line) => line.replace(/==+/, "==")),
    ["c |:==", "a |=?", "b |=?"],
  );
  assert.match(planTimeline(planFor([])), /^ +now\n/);
});

/** A generator of numbers from 0 to 1 (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Whether tags are balanced, attributes quoted and `&` and `<` escaped: well-formed, as far as this document goes. */
function isWellFormed(xml: string): boolean {
  const open: string[] = [];
  const rest = xml.replace(/<(\/?)([a-z]+)((?: [a-zA-Z0-9-]+="[^"<&]*")*)(\/?)>/g, (_, ...tag) => {
    const [closes, name, , empty] = tag;
    if (closes) {
      if (open.pop() !== name) open.push("never closed");
    } else if (!empty) open.push(name);
    return "";
  });
  return open.length === 0 && !/[<>]|&(?!#\d+;)/.test(rest) && xml.startsWith("<svg ");
}

test("any plan is drawn whole, aligned and escaped", (t) => {
  t.diagnostic(`${PLANS} plans, seed ${seed}`);
  const random = randomOf(seed);
  const below = (n: number) => Math.floor(random() * n);
  const pick = <Item>(...items: Item[]): Item => items[below(items.length)] as Item;
  const idFrom = (n: number) => {
    const char = () =>
      pick("a", "B", "7", "-", "_", "<", "&", '"', "'", "\n", "\u202e", "名", "\ud800", "|", " ");
    const plain = `order-${n}-${"0123456789".repeat(below(5))}`;
    return random() < 0.7 ? plain : Array.from({ length: below(12) }, char).join("");
  };
  const spread = pick(3600, 86_400, 40 * 86_400);
  const time = () => {
    const garbage = [Number.NaN, -5, 0, 1e18, -1e300, Number.POSITIVE_INFINITY, 1, 253_402_300_799];
    if (random() < 0.1) return pick(...garbage);
    return 1_790_000_000 + below(spread * pick(1, 10, 1000));
  };
  for (let n = 0; n < PLANS; n += 1) {
    const some = (most: number) =>
      Array.from({ length: below(most) }, (_, at): ListedOrder => {
        const from = time();
        const to = random() < 0.1 ? time() : from + below(spread * 3);
        const order = { OrderId: idFrom(at), PkgId: "yc1m3d", StartTime: from, EndTime: to };
        return { ...order, Status: 1 + below(3) };
      });
    const plan = planFor(some(pick(2, 5, 110)), some(pick(1, 4)), { drawnAt: time() * 1000 });
    const all = [...plan.orders, ...plan.stay];
    const before = JSON.stringify(plan);
    const columns = pick(72, 80, 30, 31, 45, 120, 500, 0, -1, Number.NaN, 1e9);
    const width = Math.min(Math.max(columns, 30), 500) || 30;
    const why = `plan ${n}, ${columns} columns: ${before}`;

    const words = describePlan(plan);
    assert.match(words, /^[ -~\n]+$/, why);
    for (const { OrderId } of all) assert(words.includes(`\n  ${idOf(OrderId)} (`), why);

    const drawn = planTimeline(plan, { columns }).split("\n");
    for (const line of drawn) assert(line.length <= width && /^[ -~]*[!-~]$/.test(line), why);
    const axis = drawn.findIndex((line) => /^ *\+[-+]+$/.test(line));
    const edge = drawn[axis]?.indexOf("+") ?? -1;
    assert.equal(drawn[axis]?.length, width, why);
    const rows = drawn.slice(axis - all.length, axis);
    const labels = rows.map((row) => row.slice(0, edge).trimEnd());
    assert(
      rows.every((row) => row[edge] === "|" && /[x=#]/.test(row.slice(edge))),
      why,
    );
    const expected = all.map(({ OrderId }) => shorten(idOf(OrderId), Math.floor(width / 3)));
    assert.deepEqual(labels.sort(), expected.sort(), why);

    const svg = planSvg(plan, { width: columns * 10 });
    assert(isWellFormed(svg), why);
    assert.doesNotMatch(svg, /[^ -~\n]|NaN|Infinity| on[a-z]+="|href|url\(|<script|<style/, why);
    assert.equal(svg.split("<g>").length - 1, all.length, why);
    assert.equal(JSON.stringify(plan), before, "nothing of the plan changes");
  }
});
