/** A refund's plan as a picture for a terminal. */

import { aNumber } from "../kinds.ts";
import { readMembers } from "../members.ts";
import { refuseNoPlan } from "./is-plan.ts";
import type { RefundPlan } from "./plan-types.ts";
import { type Kind, layOut, type Row, within } from "./scale.ts";
import { utcOf } from "./shown.ts";

/** How a timeline is drawn. */
export interface TimelineOptions {
  /** The width of the terminal in characters: 30 to 500, else the nearest of these. @default 72 */
  columns?: number;
}

const OPTIONS = { columns: aNumber };

const FILL: Record<Kind, string> = { void: "x", returns: "=", stays: "#" };

/**
 * Draws a row for each order, in time order, on one axis of time: what becomes void, what returns, what stays, and now.
 * Lines of printable ASCII, none wider than `columns`; times are UTC.
 *
 * @param plan what the refund will do
 * @param options how wide it may be
 * @returns lines with `\n` between them
 * @throws ValidationError where it is given no plan, or an unknown option
 */
export function planTimeline(plan: RefundPlan, options: TimelineOptions = {}): string {
  refuseNoPlan(plan);
  const columns = within(readMembers(options, OPTIONS).columns ?? 72, 30, 500);
  const { rows, margin, room, now, ticks, legend } = layOut(plan, columns);
  const columnOf = (at: number) => Math.min(Math.round(at * room), room - 1);
  const inside = now >= 0 && now <= 1;
  const blank = Array.from({ length: room }, () => " ");
  if (inside) blank[columnOf(now)] = ":";

  const cellsOf = ({ bar, kind }: Row): string => {
    if (!bar) return `${FILL[kind]}?${blank.slice(2).join("")}`;
    const from = columnOf(bar[0]);
    const to = Math.max(Math.round(bar[1] * room), from + 1);
    const fill = (cell: string, column: number) => {
      // Now is shown through a bar, unless nothing of the bar were left.
      const through = cell === ":" && to - from > 1;
      return column < from || column >= to || through ? cell : FILL[kind];
    };
    return blank.map(fill).join("");
  };
  const axis = Array.from({ length: room }, () => "-");
  let dates = "";
  for (const { at, label, column } of ticks) {
    axis[columnOf(at)] = "+";
    if (column !== undefined) dates = dates.padEnd(column) + label;
  }
  const nowText = now < 0 ? "< now" : now > 1 ? "now >" : "now";
  const nowColumn = Math.min(Math.max(columnOf(now), 0), room - nowText.length);

  const said = legend.map(([kind, meaning]) => `${FILL[kind]} ${meaning}`);
  if (rows.some(({ bar }) => !bar)) said.push("? time unknown");
  if (!Number.isNaN(now)) said.push(`${inside ? ":" : "now"} ${utcOf(plan.drawnAt / 1000)}`);

  const lineOf = (label: string, edge: string, cells: string) =>
    `${label.padEnd(margin)} ${edge}${cells}`.trimEnd();
  return [
    lineOf("", " ", Number.isNaN(now) ? "" : " ".repeat(nowColumn) + nowText),
    ...rows.map((row) => lineOf(row.label, "|", cellsOf(row))),
    lineOf("", "+", axis.join("")),
    lineOf("", " ", dates),
    ...wrapped(said, columns),
  ]
    .filter(Boolean)
    .join("\n");
}

/** The parts in as few lines as hold them. */
function wrapped(parts: string[], columns: number): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const longer = `${lines.at(-1)}   ${part}`;
    if (lines.length > 0 && longer.length <= columns) lines[lines.length - 1] = longer;
    else lines.push(part);
  }
  return lines;
}
