/** A refund's plan as a picture for a page. */

import { aNumber } from "../kinds.ts";
import { readMembers } from "../members.ts";
import { refuseNoPlan } from "./is-plan.ts";
import type { RefundPlan } from "./plan-types.ts";
import { type Kind, layOut, type Row, within } from "./scale.ts";
import { utcOf } from "./shown.ts";
import { describeOrder, describePlan } from "./words.ts";

/** How a picture is drawn. */
export interface SvgOptions {
  /** In pixels: 360 to 4000, else the nearest of these. The height follows from the orders. @default 720 */
  width?: number;
}

const OPTIONS = { width: aNumber };

/** Pixels. A character is that of a monospace font of 12 pixels, with a little to spare. */
const CHAR = 7.5;
const PAD = 16;
const ROW = 26;
const BAR = 14;

/** Presentation attributes, since a page's policy may forbid styles; a page's own colours where it has any. */
const INK = 'fill="var(--ink,#17212c)"';
const MUTED = 'fill="var(--muted,#536070)"';

/**
 * Draws what `planTimeline` does as an SVG document, with `describePlan`'s words in it for who cannot see it. It holds no
 * script, style, id or reference, so it can stand in any page, more than once. Its colours are the custom properties
 * `--surface`, `--ink`, `--muted`, `--line`, `--bad`, `--bad-ground`, `--good`, `--good-ground` and `--accent`, where the
 * page has them.
 *
 * @param plan what the refund will do
 * @param options how wide it is
 * @returns the text of the document
 * @throws ValidationError where it is given no plan, or an unknown option
 */
export function planSvg(plan: RefundPlan, options: SvgOptions = {}): string {
  refuseNoPlan(plan);
  const width = within(readMembers(options, OPTIONS).width ?? 720, 360, 4000);
  const columns = Math.floor((width - 2 * PAD) / CHAR);
  const { rows, margin, room, now, ticks, legend } = layOut(plan, columns);
  const left = PAD + (margin + 2) * CHAR;
  const right = left + room * CHAR;
  const xOf = (at: number) => left + at * (right - left);
  const top = PAD + ROW;
  const foot = top + rows.length * ROW;

  const parts: string[] = [];
  for (const { at, label, column } of ticks) {
    parts.push(line(xOf(at), top, xOf(at), foot + 5, "--line,#d5dce4"));
    const x = Math.min(xOf(at), right - label.length * CHAR);
    if (column !== undefined) parts.push(text(x, foot + 18, label, MUTED));
  }
  parts.push(line(left, foot, right, foot, "--line-strong,#7f8b99"));
  rows.forEach((row, index) => {
    parts.push(rowOf(row, top + index * ROW, left, xOf));
  });
  if (!Number.isNaN(now)) {
    const said = utcOf(plan.drawnAt / 1000);
    const label = now < 0 ? `< now, ${said}` : now > 1 ? `now, ${said} >` : `now, ${said}`;
    const half = (label.length * CHAR) / 2;
    const x = Math.min(Math.max(xOf(now), left + half), right - half);
    parts.push(text(x, PAD + 10, label, `${INK} text-anchor="middle"`));
    if (now >= 0 && now <= 1)
      parts.push(
        // With a gap around it, or it were lost in a hatched bar; the least bar is wider than both.
        line(xOf(now), top, xOf(now), foot, "--surface,#fff", 4),
        line(xOf(now), PAD + 15, xOf(now), foot, "--ink,#17212c", 1.5),
      );
  }

  let [x, y] = [PAD, foot + 42];
  for (const [kind, meaning] of legend) {
    const long = 32 + (meaning.length + 3) * CHAR;
    if (x + long > width) [x, y] = [PAD, y + ROW];
    parts.push(bar(kind, x, y - 11, 24), text(x + 32, y, meaning, INK));
    x += long;
  }
  const height = y + PAD;
  const words = describePlan(plan);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" role="img" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-family="var(--mono,monospace)" font-size="12">`,
    `<title>${escaped(words.split("\n", 1).join())}</title>`,
    `<desc>${escaped(words)}</desc>`,
    `<rect width="${width}" height="${height}" rx="6" fill="var(--surface,#fff)"/>`,
    ...parts,
    "</svg>",
  ].join("\n");
}

/** An order's label and bar, and the order in words where a mouse rests on it. */
function rowOf(row: Row, y: number, left: number, xOf: (at: number) => number): string {
  const { order, kind, label } = row;
  const [from, to] = row.bar ?? [0, 0];
  const drawn = row.bar
    ? bar(kind, xOf(from), y + 6, xOf(to) - xOf(from))
    : bar(kind, left, y + 6, 24) + text(left + 32, y + 17, "time unknown", MUTED);
  return `<g><title>${escaped(describeOrder(order))}</title>${text(PAD, y + 17, label, INK)}${drawn}</g>`;
}

/** A bar that is known by its form as well: hatched, dashed or full. */
function bar(kind: Kind, x: number, y: number, length: number): string {
  const width = Math.max(length, 6);
  const shape = `<rect x="${px(x)}" y="${px(y)}" width="${px(width)}" height="${BAR}"`;
  if (kind === "stays") return `${shape} fill="var(--accent,#0b5cad)"/>`;
  if (kind === "returns")
    return `${shape} fill="var(--good-ground,#e8f5ed)" stroke="var(--good,#14683a)" stroke-width="1.5" stroke-dasharray="5 3"/>`;
  // One broad dashed line hatches without a pattern, which would need an id.
  const middle = px(y + BAR / 2);
  return `${shape} fill="var(--bad-ground,#fceceb)" stroke="var(--bad,#a8201a)"/><path d="M${px(x)} ${middle}h${px(width)}" stroke="var(--bad,#a8201a)" stroke-width="${BAR}" stroke-dasharray="2 4"/>`;
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string, width = 1) {
  return `<path d="M${px(x1)} ${px(y1)}L${px(x2)} ${px(y2)}" stroke="var(${colour})" stroke-width="${width}"/>`;
}

function text(x: number, y: number, content: string, attributes: string): string {
  return `<text x="${px(x)}" y="${px(y)}" ${attributes}>${escaped(content)}</text>`;
}

/** A tenth of a pixel is exact enough. */
function px(value: number): number {
  return Math.round(value * 10) / 10;
}

function escaped(content: string): string {
  return content.replace(/[&<>"]/g, (char) => `&#${char.charCodeAt(0)};`);
}
