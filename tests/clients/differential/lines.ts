/** Asks an SDK in another language: a call on each line in, what was observed on each line out. */

import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** A driver that is a program; it ends when it has answered all. */
export function program<Call, Seen>(
  command: string,
  ...args: string[]
): (calls: Call[]) => Promise<Seen[]> {
  return async (calls) => {
    const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    child.stdin.on("error", () => {}); // what it did not read shows in its answers
    child.stdin.end(calls.map((call) => `${write(call)}\n`).join(""));
    const lines = (await text(child.stdout)).trimEnd().split("\n");
    if (lines.length !== calls.length) {
      throw new Error(`${command} answered ${lines.length} of ${calls.length} calls`);
    }
    return lines.map((line) => JSON.parse(line) as Seen);
  };
}

/** JSON with all digits of a BigInt, and bytes in base64. */
export function write(value: unknown): string {
  if (typeof value === "bigint") return String(value);
  if (value instanceof Uint8Array) return JSON.stringify(Buffer.from(value).toString("base64"));
  if (Array.isArray(value)) return `[${value.map(write).join(",")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const members = Object.entries(value).map(
    ([name, item]) => `${JSON.stringify(name)}:${write(item)}`,
  );
  return `{${members.join(",")}}`;
}
