/** What `npm run test:all` runs beyond `npm test`, as data: parts that take long or need more than every machine has. */

import { ensureRoute } from "../setup/route.mjs";
import { attempt } from "../setup/run.mjs";
import { Stop } from "../setup/stop.mjs";

/**
 * @typedef {object} Part
 * @property {string} name
 * @property {() => Promise<string>} missing why it cannot run on this machine; empty where it can
 * @property {string[]} command
 * @property {Record<string, string>} [env]
 */

/** How many refunds each client makes through the faults that seeds draw. */
const MANY_SEEDS = { TC3_EDGE_SEEDS: "500" };

/** @type {Part[]} */
export const PARTS = [
  byRoute("debian", ["functions", "weight"]),
  byRoute("rustup"),
  {
    name: "packaging matrix",
    missing: async () => "",
    command: [process.execPath, "--import", "tsx", "tests/packaging/run.ts"],
  },
  {
    name: "two builds, the same bytes",
    missing: () => missingRoute("debian"),
    command: [process.execPath, "scripts/reproduce.mjs"],
  },
  {
    name: "long property runs",
    missing: async () => "",
    command: [
      "cargo",
      "test",
      "--quiet",
      "--package",
      "tc3-edge",
      "--lib",
      "--all-features",
      "--",
      "json",
      "response",
      "policy::",
      "refund::journal",
      "request::",
      "service::",
    ],
    // Optimised, since each property is tried many thousand times.
    env: {
      PROPTEST_CASES: "100000",
      CARGO_PROFILE_DEV_OPT_LEVEL: "2",
      CARGO_TARGET_DIR: "target/long",
    },
  },
  {
    name: "a sandbox on a file, at length",
    missing: async () => "",
    command: [process.execPath, "scripts/durable.mjs"],
    env: { TC3_EDGE_KILLS: "500", TC3_EDGE_CUT_STEP: "1" },
  },
  {
    name: "long histories of the sandbox",
    missing: async () => "",
    command: [
      "cargo",
      "test",
      "--quiet",
      "--package",
      "tc3-edge-sandbox",
      "--test",
      "api",
      "properties",
    ],
    env: {
      TC3_EDGE_STEPS: "2000",
      TC3_EDGE_HISTORIES: "8",
      CARGO_PROFILE_DEV_OPT_LEVEL: "2",
      CARGO_TARGET_DIR: "target/long",
    },
  },
  {
    name: "refunds through many faults",
    missing: async () => "",
    command: nodeTest("tests/clients/refunds/node.test.ts"),
    env: MANY_SEEDS,
  },
  {
    name: "pages and browsers that are killed, at length",
    missing: async () => "",
    command: [process.execPath, "scripts/test.mjs", "--only", "browser"],
    env: { TC3_EDGE_LENGTH: "4" },
  },
  {
    name: "refunds of 10,000 seeds",
    missing: async () => "",
    command: nodeTest("tests/node/refund/seeds/seeds.test.ts"),
    env: { TC3_EDGE_SEEDS: "10000" },
  },
  client("python", "python3"),
  client("go", "go"),
  client("tccli", "python3"),
];

/** @param {string} file */
function nodeTest(file) {
  return [process.execPath, "--import", "tsx", "--test", "--test-reporter=spec", file];
}

/**
 * The artefacts by one of the two routes, and the tests in Node on them.
 * @param {import("../setup/route.mjs").Route} route
 * @param {string[]} further steps that only this route can run
 * @returns {Part}
 */
function byRoute(route, further = []) {
  return {
    name: `artefacts by the route ${route}`,
    missing: () => missingRoute(route),
    command: [
      process.execPath,
      "scripts/test.mjs",
      ...["node", ...further].flatMap((step) => ["--only", step]),
    ],
    env: { TC3_EDGE_ROUTE: route },
  };
}

/** @param {import("../setup/route.mjs").Route} route */
async function missingRoute(route) {
  try {
    await ensureRoute(route);
    return "";
  } catch (error) {
    if (error instanceof Stop) return error.message;
    throw error;
  }
}

/**
 * A client in another language: its folder has a program `run`, which ends with the same last line as `npm test`.
 * @param {string} language
 * @param {string} program what it needs
 * @returns {Part}
 */
function client(language, program) {
  const entry = `tests/clients/${language}/run`;
  return {
    name: `${language} client`,
    missing: async () => {
      const found = await attempt("which", [program]);
      return found.code === 0 ? "" : `${program} is not installed`;
    },
    command: [entry],
    env: MANY_SEEDS,
  };
}
