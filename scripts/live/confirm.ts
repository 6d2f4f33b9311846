/** Asks a person, on a terminal or through a pipe. */

import { createInterface } from "node:readline";

/** One line; `undefined` where the input ends before, or the signal does. */
export async function ask(
  question: string,
  output: NodeJS.WritableStream,
  signal: AbortSignal,
): Promise<string | undefined> {
  // Without an editor of its own Ctrl+C stays a signal, here as everywhere else.
  const lines = createInterface({ input: process.stdin, terminal: false, signal });
  output.write(question);
  const answer = await new Promise<string | undefined>((resolve) => {
    lines.once("line", resolve).once("close", () => resolve(undefined));
  });
  lines.close();
  return answer;
}
