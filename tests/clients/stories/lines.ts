/** Talks with an SDK in another language: a line for each question, and one for its answer before the next. */

import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";

/** A program that answers line by line, until `end`. */
export function conversation<Asked, Told>(command: string, ...args: string[]) {
  const child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
  const closed = once(child, "close");
  child.stdin.on("error", () => {}); // what it did not read shows in its silence
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async ask(asked: Asked): Promise<Told> {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${command} ended without an answer to ${JSON.stringify(asked)}`);
      return JSON.parse(value);
    },
    async end(): Promise<void> {
      child.stdin.end();
      await closed;
    },
  };
}
