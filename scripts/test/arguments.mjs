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
