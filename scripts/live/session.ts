/** One run: what was asked for, where it is told, and what ends it. */

import type { Progress } from "tc3-edge/refund";
import type { readArguments } from "./arguments.mjs";
import { describeProgress } from "./progress.ts";
import { toJson } from "./report.ts";
import { untilInterrupted } from "./stop.ts";

/** What was asked for. */
export type Asked = NonNullable<ReturnType<typeof readArguments>>;

export class Session {
  readonly asked: Asked;
  /** Where people read; with --json stdout is for programs. */
  readonly output: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  /** Whether a request that changes something was handed over, or may have been. */
  isSent = false;

  #last: string | undefined;

  constructor(asked: Asked) {
    this.asked = asked;
    this.output = asked.json ? process.stderr : process.stdout;
    this.signal = untilInterrupted(this.output);
    // Whoever reads may have gone, as `tee` does at Ctrl+C: that must not end a refund halfway.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  }

  readonly say = (text: string): void => {
    this.output.write(`${text}\n`);
  };

  /** For programs, where they asked for it. */
  data(value: unknown): void {
    if (this.asked.json) process.stdout.write(`${toJson(value)}\n`);
  }

  /** Tells of progress. */
  readonly onProgress = (progress: Progress): void => {
    if (progress.kind === "sending") this.isSent = true;
    const line = describeProgress(progress);
    // A list may be read twice in a row.
    if (line !== undefined && line !== this.#last) this.say(line);
    this.#last = line;
  };
}
