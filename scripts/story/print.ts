/** How the story looks in a terminal: colours only where it is one, and nothing wider than 100 columns. */

import { styleText } from "node:util";
import type { Explanation } from "tc3-edge";
import type { LedgerEntry, PooledOrder } from "../../sandbox/hosts/engine.ts";

/** An order, as answers hold it. */
export interface Order {
  OrderId: string;
  PkgId: string;
  Status: number;
  StartTime: number;
  EndTime: number;
}

const ORDER_STATUS = ["", "in use", "not started", "paused", "expired", "refunded", "moved away"];
const SERVICE_STATUS = ["", "in force", "lapsed, renewable", "expired", "not yet effective"];

const WHAT: Record<string, string> = {
  bought: "paid for",
  takenFromPool: "taken from the pool, not paid again",
  returnedToPool: "returned to the pool",
  madeVoid: "void: it had started",
};

const paint = (style: Parameters<typeof styleText>[0], text: string) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? styleText(style, text) : text;

/** The first line of a chapter. */
export function chapter(number: number, title: string): void {
  console.log(`\n${paint(["bold", "cyan"], `${number}  ${title}`)}`);
}

/** What was sent: the canonical request folded, the signature not shown. */
export function sent(action: string, body: string, steps: Explanation): void {
  const folded = steps.canonicalRequest.replaceAll("\n", "⏎");
  row("→", paint("bold", action), body);
  row("", "canonical request", paint("dim", wrap(folded, 74, 23)));
  row("", "string to sign", paint("dim", wrap(steps.stringToSign.replaceAll("\n", "⏎"), 74, 23)));
  const parts = steps.authorization.replace(/Signature=.*/, "Signature=…");
  row("", "authorization", paint("dim", wrap(parts, 74, 23)));
}

/** What came back. */
export function received(status: number, requestId: string): void {
  row("←", paint("bold", `HTTP ${status}`), `RequestId ${requestId}`);
}

/** A service and its orders. */
export function service(answer: { ServiceId: string; Status: number; Data: Order[] }): void {
  const state = SERVICE_STATUS[answer.Status] ?? `status ${answer.Status}`;
  row("", "service", `${answer.ServiceId}  ${paint("green", state)}`);
  for (const { OrderId, PkgId, Status, StartTime, EndTime } of answer.Data) {
    const state = (ORDER_STATUS[Status] ?? `status ${Status}`).padEnd(12);
    row("", `order ${OrderId}`, `${PkgId}  ${state} ${day(StartTime)} to ${day(EndTime)}`);
  }
  if (answer.Data.length === 0) row("", "orders", "none is valid any more");
}

/** What the ledger says of the call, and what the pool holds now. */
export function outcome(entries: LedgerEntry[], pool: PooledOrder[]): void {
  for (const { what, orderId, origin } of entries) {
    const text = WHAT[what];
    if (text === undefined || orderId === undefined) continue;
    const from = origin === undefined ? "" : ` (it was order ${origin})`;
    row("•", `order ${orderId}`, paint(what === "madeVoid" ? "red" : "yellow", `${text}${from}`));
  }
  const held = pool.map(({ orderId }) => orderId).join(", ") || "empty";
  row("•", "pool", held);
}

function row(mark: string, name: string, text: string): void {
  // Colours take no room on the screen.
  const width = 19 + (name.length - plain(name).length);
  console.log(` ${mark.padEnd(2)}${name.padEnd(width)} ${text}`);
}

function plain(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the terminal's own.
  return text.replaceAll(/\u001b\[\d+m/g, "");
}

function wrap(text: string, width: number, indent: number): string {
  const lines = text.match(new RegExp(`.{1,${width}}`, "gu")) ?? [];
  return lines.join(`\n${" ".repeat(indent)}`);
}

function day(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}
