/** Reads a command's options; a wrong one is answered with the usage. */

import { parseArgs } from "node:util";
import { Stop } from "../setup/stop.mjs";

/**
 * @template {import("node:util").ParseArgsConfig["options"]} T
 * @param {T} options as `parseArgs` takes them
 * @param {string} usage
 */
export function readArguments(options, usage) {
  try {
    return parseArgs({ options }).values;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\nusage: ${usage}`);
  }
}

/**
 * Those that are named, in their own order; all where none is.
 * @template {{ name: string }} T
 * @param {T[]} all
 * @param {string[]} [names]
 */
export function chosen(all, names) {
  if (names === undefined) return all;
  const unknown = names.find((name) => !all.some((one) => one.name === name));
  if (unknown !== undefined) {
    const known = all.map(({ name }) => name).join(", ");
    throw new Stop(`there is no ${unknown}; there are ${known}`);
  }
  return all.filter(({ name }) => names.includes(name));
}
