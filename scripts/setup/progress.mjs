/** Shows that a long step is under way: a counter on a terminal, a line now and then in a log. */

const { stdout } = process;
const TICK = stdout.isTTY ? 1_000 : 15_000;

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
  if (stdout.isTTY) replaceLine(`… ${title}`);
  else stdout.write(`… ${title}\n`);
  const timer = setInterval(() => {
    if (stdout.isTTY) replaceLine(`… ${elapsed()}  ${title}`);
    else stdout.write(`  still at it after ${elapsed()}\n`);
  }, TICK);
  const end = (/** @type {string[]} */ ...parts) =>
    stdout.write(`${stdout.isTTY ? "\r\x1b[K" : ""}${parts.filter(Boolean).join("  ")}\n`);
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
  stdout.write(`\r\x1b[K${text.slice(0, (stdout.columns || 80) - 1)}`);
}

/**
 * A duration for people.
 * @param {number} milliseconds
 */
export function seconds(milliseconds) {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
