/** The layout that both pictures of a plan share: a grid of characters, its rows in time order, and one axis of time. */

import type { ListedOrder, RefundPlan } from "./plan-types.ts";
import { idOf, isTime, shorten, utcOf } from "./shown.ts";

/** What becomes of an order. */
export type Kind = "void" | "returns" | "stays";

/** The same as the legend says it, in the legend's order. */
const LEGEND: [kind: Kind, meaning: string][] = [
  ["void", "void, lost"],
  ["returns", "back to the pool"],
  ["stays", "stays"],
];

export interface Row {
  order: ListedOrder;
  kind: Kind;
  /** The order's id, shortened to a third of the columns. */
  label: string;
  /** Where its bar lies, from 0 to 1 along the axis; absent where its times tell nothing. */
  bar?: [from: number, to: number];
}

/** A date at the axis. */
export interface Tick {
  /** From 0 to 1. */
  at: number;
  label: string;
  /** The character of the axis at which the label begins; absent where there is no room for it. */
  column?: number;
}

export interface Layout {
  rows: Row[];
  /** How many characters the longest label takes. */
  margin: number;
  /** How many characters the axis takes, two behind the labels. */
  room: number;
  /** Where the plan was drawn along the axis; below 0 or above 1 where that lies outside, NaN where it is not known. */
  now: number;
  ticks: Tick[];
  /** What becomes of these orders, in words. */
  legend: [kind: Kind, meaning: string][];
}

type Step = [days: number, months: number, shown: number];

const DAY = 86_400;
/** 1970-01-05 was a Monday: weeks begin there. */
const MONDAY = 4 * DAY;
const COARSEST: Step = [0, 12000, 4];
/** What may lie between two ticks: days or months, and how much of `2027-01-01 00:00 UTC` names a tick; the finest first. */
const STEPS: Step[] = [
  [0.25, 0, 16],
  [0.5, 0, 16],
  [1, 0, 10],
  [2, 0, 10],
  [7, 0, 10],
  [14, 0, 10],
  [0, 1, 7],
  [0, 2, 7],
  [0, 3, 7],
  [0, 6, 7],
  [0, 12, 4],
  [0, 24, 4],
  [0, 60, 4],
  [0, 120, 4],
  [0, 1200, 4],
  COARSEST,
];

/** Lays a plan out on so many columns of characters. */
export function layOut({ orders, stay, drawnAt }: RefundPlan, columns: number): Layout {
  const planned: [order: ListedOrder, kind: Kind][] = [
    ...orders.map((order): [ListedOrder, Kind] => [order, order.fate]),
    ...stay.map((order): [ListedOrder, Kind] => [order, "stays"]),
  ];
  const drawn = drawnAt / 1000;
  const [start, end] = spanOf(planned.map(([order]) => order).filter(hasTimes), drawn);
  const along = (seconds: number) => (seconds - start) / (end - start);
  // Orders without times come last.
  const rank = (order: ListedOrder) => (hasTimes(order) ? order.StartTime : Number.MAX_VALUE);
  const rows = planned
    .sort(([a], [b]) => rank(a) - rank(b) || a.EndTime - b.EndTime)
    .map(([order, kind]): Row => {
      const label = shorten(idOf(order.OrderId), Math.floor(columns / 3));
      if (!hasTimes(order)) return { order, kind, label };
      return { order, kind, label, bar: [along(order.StartTime), along(order.EndTime)] };
    });
  const margin = Math.max(0, ...rows.map(({ label }) => label.length));
  const room = columns - margin - 2;
  const now = isTime(drawn) ? along(drawn) : Number.NaN;
  const legend = LEGEND.filter(([kind]) => rows.some((row) => row.kind === kind));
  return { rows, margin, room, now, ticks: ticksOf(start, end, room), legend };
}

/** A whole number within bounds, whatever was given. */
export function within(value: number, least: number, most: number): number {
  return Math.floor(Math.min(Math.max(value, least), most)) || least;
}

function hasTimes({ StartTime, EndTime }: ListedOrder): boolean {
  return isTime(StartTime) && isTime(EndTime) && StartTime <= EndTime;
}

/** What the axis covers, in seconds: all orders, a day at least; and now, unless the orders would fill less than a half. */
function spanOf(orders: ListedOrder[], now: number): [start: number, end: number] {
  if (orders.length === 0) return isTime(now) ? [now - DAY / 2, now + DAY / 2] : [0, 0];
  const first = Math.min(...orders.map(({ StartTime }) => StartTime));
  const last = Math.max(...orders.map(({ EndTime }) => EndTime));
  const spare = Math.max(0, DAY - (last - first)) / 2;
  const [start, end] = [first - spare, last + spare];
  const [from, to] = [Math.min(start, now), Math.max(end, now)];
  return to - from <= 2 * (end - start) ? [from, to] : [start, end];
}

/** The dates at an axis of so many characters: as many as have room, and one at least. */
function ticksOf(start: number, end: number, room: number): Tick[] {
  const [days, months, shown] =
    STEPS.find(
      ([days, months, shown]) =>
        ((end - start) / DAY / (days + months * 30.4)) * (shown + 2) <= room,
    ) ?? COARSEST;
  const date = new Date(start * 1000);
  const timeOf = (n: number) =>
    months > 0 ? Date.UTC(2000, n * months - 24_000) / 1000 : MONDAY + n * days * DAY;
  const first =
    months > 0
      ? (date.getUTCFullYear() * 12 + date.getUTCMonth()) / months
      : (start - MONDAY) / DAY / days;
  const times: number[] = [];
  for (let n = Math.floor(first); timeOf(n) <= end; n += 1)
    if (timeOf(n) >= start) times.push(timeOf(n));
  let free = 0;
  return (times.length > 0 ? times : [start]).filter(isTime).map((time): Tick => {
    const at = (time - start) / (end - start);
    const label = utcOf(time).slice(0, times.length > 0 ? shown : 10);
    const column = Math.min(Math.round(at * room), room - label.length);
    if (column < free) return { at, label };
    free = column + label.length + 2;
    return { at, label, column };
  });
}
