/** Checks that this Node can run the project's scripts; it is never installed from here. */

import { Stop } from "./stop.mjs";
import { atLeast } from "./version.mjs";

const MINIMUM = "20.19";

export function ensureNode(version = process.versions.node) {
  if (atLeast(version, MINIMUM)) return;
  throw new Stop(
    `Node ${MINIMUM} or newer is needed, and this is ${version}.\n` +
      "Get a newer one from https://nodejs.org, then run the same command again.",
  );
}
