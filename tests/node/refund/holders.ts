/** Processes that hold a file's journal, for tests that end them. */

import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import type { TestContext } from "node:test";

/** A process with what it says, line by line. */
export class Holder {
  readonly #child: ChildProcessByStdio<Writable, Readable, null>;
  readonly #lines: AsyncIterator<string>;
  readonly #ended: Promise<unknown>;

  private constructor() {
    const program = new URL("holding.ts", import.meta.url).pathname;
    this.#child = spawn(process.execPath, ["--import", "tsx", program], {
      stdio: ["pipe", "pipe", "inherit"],
    });
    this.#lines = createInterface({ input: this.#child.stdout })[Symbol.asyncIterator]();
    this.#ended = once(this.#child, "exit");
  }

  /** Starts one, and waits until it can be told something; it is ended with the test. */
  static async start(t: TestContext): Promise<Holder> {
    const holder = new Holder();
    t.after(() => holder.kill());
    await holder.hears();
    return holder;
  }

  get pid(): number {
    return this.#child.pid ?? 0;
  }

  /** What it says next; `undefined` once it has ended. */
  async hears(): Promise<string | undefined> {
    const { value, done } = await this.#lines.next();
    return done ? undefined : value;
  }

  tell(line: string): void {
    this.#child.stdin.write(`${line}\n`);
  }

  /** Has it open a file; gives `open`, or the error's code. */
  opens(file: string): Promise<string | undefined> {
    this.tell(`open ${file}`);
    return this.hears();
  }

  /** Ends it at once, and waits until no such process is there. */
  async kill(): Promise<void> {
    this.#child.kill("SIGKILL");
    await this.#ended;
  }
}
