/** How a check of the suite is run, and what it is written with. */

/** @typedef {import("./suite.js").Check} Check */

/**
 * @param {string} name
 * @param {() => unknown} check
 * @returns {Promise<Check>}
 */
export async function run(name, check) {
  const started = Date.now();
  try {
    await check();
    return { name, ok: true, ms: Date.now() - started };
  } catch (error) {
    return { name, ok: false, ms: Date.now() - started, detail: textOf(error) };
  }
}

/**
 * @param {Promise<unknown>} promise
 * @returns {Promise<unknown>}
 */
export async function rejection(promise) {
  const value = await promise.then(
    (value) => ({ value }),
    (error) => ({ error }),
  );
  if ("error" in value) return value.error;
  throw new Error(`it was not refused: ${textOf(value.value)}`);
}

/**
 * @param {unknown} condition
 * @param {unknown} [seen]
 * @returns {asserts condition}
 */
export function expect(condition, seen) {
  if (!condition) throw new Error(`saw ${textOf(seen)}`);
}

/** @param {unknown} value */
function textOf(value) {
  if (value instanceof Error) {
    const cause = value.cause === undefined ? "" : ` (${String(value.cause)})`;
    return `${value.stack ?? String(value)}${cause}`;
  }
  return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
}
