/** Ctrl+C: once it stops and reports, twice it ends at once. */

/** npm passes on a Ctrl+C that the terminal has sent to every process already. */
const SAME_KEY_MS = 500;

/** A signal that ends with the first Ctrl+C; at the second the process does. */
export function untilInterrupted(output: NodeJS.WritableStream): AbortSignal {
  const controller = new AbortController();
  let first = 0;
  const stop = () => {
    const now = performance.now();
    if (!controller.signal.aborted) {
      first = now;
      output.write("\nStopping. Ctrl-C once more ends at once, without a report.\n");
      controller.abort(new Error("stopped by Ctrl-C"));
    } else if (now - first > SAME_KEY_MS) {
      output.write("\nEnded. What is on its way is in the journal: run the same command again.\n");
      process.exit(3);
    }
  };
  for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, stop);
  return controller.signal;
}
