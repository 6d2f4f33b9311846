/** Compares version numbers as far as they are written: 1.95 asks nothing of the third part. */

/**
 * Whether a version is at least another.
 * @param {string} version such as "1.96.0-beta.1"
 * @param {string} minimum such as "1.95"
 */
export function atLeast(version, minimum) {
  const parts = (/** @type {string} */ text) => (text.match(/\d+/g) ?? []).map(Number);
  const have = parts(version);
  for (const [index, wanted] of parts(minimum).entries()) {
    const part = have[index] ?? 0;
    if (part !== wanted) return part > wanted;
  }
  return true;
}
