/** Shows that a long step is under way: a counter on a terminal, a line now and then in a log. */

/** @type {import("node:tty").WriteStream} */
let output = process.stdout;

/**
 * Shows what is under way elsewhere: on stderr, where stdout is for programs.
 * @param {import("node:tty").WriteStream} stream
 */
export function showOn(stream) {
  output = stream;
}

/**
 * A line of its own.
 * @param {string} text
 */
export function say(text) {
  output.write(`${text}\n`);
}

/**
 * Does some work under a title, and says how it ended and how long it took.
 * @template T
 * @param {string} title what is done, and why it may take long
 * @param {() => Promise<T>} work
 * @param {(result: T) => string} [summary] what to add to the last line
 * @returns {Promise<T>}
 */
export async function step(title, work, summary = () => "") {
  const start = Date.now();
  const elapsed = () => seconds(Date.now() - start);
  if (output.isTTY) replaceLine(`… ${title}`);
  else say(`… ${title}`);
  const timer = setInterval(
    () => {
      if (output.isTTY) replaceLine(`… ${elapsed()}  ${title}`);
      else say(`  still at it after ${elapsed()}`);
    },
    output.isTTY ? 1_000 : 15_000,
  );
  const end = (/** @type {string[]} */ ...parts) =>
    say(`${output.isTTY ? "\r\x1b[K" : ""}${parts.filter(Boolean).join("  ")}`);
  try {
    const result = await work();
    end(`✓ ${title}`, elapsed(), summary(result));
    return result;
  } catch (error) {
    end(`✗ ${title}`, elapsed());
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/**
 * Writes over the terminal's line; what is longer than it would wrap, and stay.
 * @param {string} text
 */
function replaceLine(text) {
  output.write(`\r\x1b[K${text.slice(0, (output.columns || 80) - 1)}`);
}

/**
 * A duration for people.
 * @param {number} milliseconds
 */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
