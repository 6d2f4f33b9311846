/** The steps of `npm test` as data, quickest first. */

import { availableParallelism } from "node:os";
import { testFiles } from "./files.mjs";

/**
 * @typedef {object} Step
 * @property {string} name as `--only` takes it
 * @property {string} what for people
 * @property {() => string[][]} commands run one after the other, up to the first that fails
 * @property {boolean} [tests] whether its output counts tests; then none at all is an error
 * @property {boolean} [components] whether it needs rustfmt and clippy
 * @property {boolean} [browser] whether it needs a Chromium
 * @property {boolean} [valgrind] whether it needs valgrind, without which it is not run
 * @property {import("../setup/route.mjs").Route} [route] the only route on which it can run
 */

const CLIPPY = ["cargo", "clippy", "--quiet"];
const STRICT = ["--", "--deny", "warnings"];
const WASM = [...CLIPPY, "--target", "wasm32-unknown-unknown"];

/** @type {Step[]} */
export const STEPS = [
  {
    name: "fmt",
    what: "the format of Rust sources",
    commands: () => [
      ["cargo", "fmt", "--all", "--check"],
      ["cargo", "fmt", "--check", "--manifest-path", "fuzz/Cargo.toml"],
    ],
    components: true,
  },
  {
    name: "biome",
    what: "the format and style of JavaScript and TypeScript",
    commands: () => [["node_modules/.bin/biome", "ci", "--colors=off", "--error-on-warnings", "."]],
  },
  {
    name: "generate",
    what: "generated files are what their source makes",
    commands: () => [xtask("generate", "--check")],
  },
  {
    name: "tidy",
    what: "the project's own rules",
    commands: () => [xtask("tidy")],
  },
  {
    name: "types",
    what: "the types of every TypeScript project",
    commands: () =>
      ["tsconfig.json", "tests/tsconfig.json", "www/tsconfig.json"].map((project) => [
        "node_modules/.bin/tsc",
        "--noEmit",
        "--project",
        project,
      ]),
  },
  {
    name: "node",
    what: "unit and integration tests in Node",
    commands: () => [
      nodeTest("scripts/**/*.test.mjs", "js/**/*.test.ts", "tests/node/**/*.test.ts"),
    ],
    tests: true,
  },
  {
    name: "functions",
    what: "no formatting and no panics in the signer's module",
    commands: () => [xtask("functions")],
    route: "debian",
  },
  {
    name: "weight",
    what: "what an application carries, against its budget",
    commands: () => [nodeTest("tests/packaging/**/*weight.test.ts")],
    tests: true,
    route: "debian",
  },
  {
    name: "tarball",
    what: "what publint and are-the-types-wrong say of the package",
    commands: () => [nodeTest("tests/packaging/**/*lint.test.ts")],
    tests: true,
  },
  {
    name: "durable",
    what: "a sandbox on a file: killed, cut, and opened again",
    commands: () => [[process.execPath, "scripts/durable.mjs"]],
    tests: true,
  },
  {
    name: "clients",
    what: "real clients against the sandbox",
    commands: () => [nodeTest("tests/clients/**/*.test.ts")],
    tests: true,
  },
  {
    name: "counts",
    what: "how many instructions the hot path takes",
    commands: () => [nodeTest("tests/counts/**/*.test.ts")],
    tests: true,
    valgrind: true,
  },
  {
    name: "browser",
    what: "tests in Chromium",
    commands: () => [nodeTest("tests/browser/**/*.test.ts")],
    tests: true,
    browser: true,
  },
  {
    name: "packaging",
    what: "the tarball in clean folders: the quick rows of the matrix",
    commands: () => [[process.execPath, "--import", "tsx", "tests/packaging/run.ts", "--quick"]],
    tests: true,
    browser: true,
  },
  {
    name: "rust",
    what: "tests in Rust",
    commands: () => [["cargo", "test", "--quiet", "--workspace", "--all-features"]],
    tests: true,
  },
  {
    name: "fuzz",
    what: "a short fuzzing of everything that reads what others wrote",
    commands: () => [[process.execPath, "scripts/fuzz.mjs", "--seconds", "4"]],
    tests: true,
  },
  {
    name: "clippy",
    what: "the style of Rust sources",
    commands: () => [[...CLIPPY, "--workspace", "--all-targets", "--all-features", ...STRICT]],
    components: true,
  },
  {
    name: "clippy-wasm",
    what: "the style of what only WebAssembly compiles",
    commands: () => [
      ...["signer", "inspect", "client", "web", "legacy", "refund", "explain", "diagnose"].map(
        (feature) => [...WASM, "--features", feature, ...STRICT],
      ),
      [...WASM, "--package", "tc3-edge-sandbox", ...STRICT],
    ],
    components: true,
    route: "rustup",
  },
];

/** @param {...string} args */
function xtask(...args) {
  return ["cargo", "xtask", ...args];
}

/** @param {...string} patterns */
function nodeTest(...patterns) {
  return [
    process.execPath,
    "--import",
    "tsx",
    "--test",
    // Node's own default leaves one core idle, and tests wait much.
    `--test-concurrency=${availableParallelism() + 1}`,
    "--test-reporter=spec",
    ...testFiles(patterns),
  ];
}
