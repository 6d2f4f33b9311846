/** Fingerprints of files, by which a step knows that nothing has changed since it last ran. */

import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";

/**
 * The files below a path, in a stable order; a path that does not exist has none.
 * @param {string} start a file or a folder
 * @returns {string[]}
 */
export function filesBelow(start) {
  const found = statSync(start, { throwIfNoEntry: false });
  if (!found) return [];
  if (!found.isDirectory()) return [start];
  return readdirSync(start)
    .sort()
    .flatMap((name) => filesBelow(path.join(start, name)));
}

/**
 * A hash over names and contents of files, and over what else matters.
 * @param {string[]} files
 * @param {...string} others
 */
export function fingerprint(files, ...others) {
  const hash = createHash("sha256");
  for (const file of files) {
    const bytes = readFileSync(file);
    hash.update(`${file}\0${bytes.length}\0`).update(bytes);
  }
  return hash.update(JSON.stringify(others)).digest("hex");
}

/**
 * What a stamp file says; an empty text where there is none.
 * @param {string} file
 */
export function readStamp(file) {
  return statSync(file, { throwIfNoEntry: false }) ? readFileSync(file, "utf8") : "";
}
