/**
 * The trees of `dist/` in which the choices of package.json's `imports` are made already, each in few files, since a runtime
 * without a bundler finds, reads and links every file by itself: run by `cargo xtask build`, when `dist/` is compiled.
 */

import { readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { rolldown } from "rolldown";

const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * What a tree is for: its platform, how a module is loaded there, which scripts are joined, and where a module is that
 * is imported when it is first asked for.
 *
 * @typedef {{ platform: string, module: (name: string) => string, groups: Group[], late: "chosen by package.json" | "in the tree" | "imported at once" }} Tree
 * @typedef {{ name: string, test?: RegExp, minShareCount?: number, priority: number }} Group
 */

/**
 * The signer's users read nothing of the client; whatever else more than one entry needs is read with the client.
 * @type {Group[]}
 */
const SHARED = [
  { name: "signer", test: /\/dist\/signer\.js$/, priority: 1 },
  { name: "client", minShareCount: 2, priority: 0 },
];
/**
 * The addresses of modules count from the folder of one script.
 * @type {Group}
 */
const ADDRESSES = { name: "modules", test: /\/module\/\w+\.js$/, priority: 2 };

/** @type {Record<string, Tree>} */
const TREES = {
  // What Node is given: inlined, since a bundler for a server may move it away from a file beside it.
  bundled: { platform: "node", module: inBase64, groups: SHARED, late: "chosen by package.json" },
  // For those who want the file.
  node: {
    platform: "node",
    module: (name) =>
      byAddress(
        name,
        'import { readFileSync } from "node:fs";',
        (url) => `new Uint8Array(readFileSync(${url}))`,
      ),
    groups: [ADDRESSES, ...SHARED],
    late: "in the tree",
  },
  // For pages without a bundler. A service worker may import nothing later, and only the modules are large.
  web: {
    platform: "unknown",
    module: (name) =>
      byAddress(
        name,
        'import { fetched } from "#dist/load/fetched.js";',
        (url) => `fetched(${url}, "${name}.wasm")`,
      ),
    groups: [ADDRESSES, ...SHARED],
    late: "imported at once",
  },
};

const ADVICE = 'export { advise } from "#dist/load/advice.js";\n';

/**
 * Node has the decoder of base64 built in.
 * @param {string} name
 */
function inBase64(name) {
  const text = readFileSync(path.join(root, `dist/wasm/${name}.wasm`), "base64");
  return `${ADVICE}export const load = () => Buffer.from("${text}", "base64");\n`;
}

/**
 * @param {string} name
 * @param {string} imported what the loader needs
 * @param {(url: string) => string} load
 */
function byAddress(name, imported, load) {
  return `${imported}
${ADVICE}export const load = () => ${load(`new URL("../../wasm/${name}.wasm", import.meta.url)`)};\n`;
}

/** The scripts that package.json exports from a tree, by their paths in it, which they have in `dist/` too. */
function entries(/** @type {string} */ tree) {
  const { exports } = JSON.parse(readFileSync(path.join(root, "package.json"), "utf8"));
  const targets = Object.values(exports).flatMap((conditions) => Object.values(conditions));
  const prefix = `./dist/${tree}/`;
  return targets
    .filter((target) => target.startsWith(prefix))
    .map((target) => target.slice(prefix.length, -".js".length));
}

/**
 * @param {Tree} tree
 * @param {string} name
 * @returns {import("rolldown").Plugin}
 */
function choices({ platform, module, late }, name) {
  const modules = path.join(root, "dist", name, "module");
  return {
    name: "tc3-edge:choices",
    resolveId(source, _, { kind }) {
      if (kind === "dynamic-import" && late === "chosen by package.json" && source[0] === "#") {
        return { id: source, external: true };
      }
      if (source === "#platform") return path.join(root, `dist/platform/${platform}.js`);
      if (source.startsWith("#module/")) return path.join(modules, `${path.basename(source)}.js`);
      if (source.startsWith("#dist/")) return path.join(root, source.slice(1));
      return null;
    },
    load(id) {
      return path.dirname(id) === modules ? module(path.basename(id, ".js")) : null;
    },
    transform(code) {
      return late === "imported at once" ? atOnce(code) : null;
    },
  };
}

/** The same code with its late imports at its top. */
function atOnce(/** @type {string} */ code) {
  /** @type {string[]} */
  const imports = [];
  const rest = code.replaceAll(/\bimport\(("[^"]+")\)/g, (_, source) => {
    imports.push(`import * as late${imports.length} from ${source};\n`);
    return `late${imports.length - 1}`;
  });
  return imports.join("") + rest;
}

/** Writes one. */
async function write(/** @type {string} */ name, /** @type {Tree} */ tree) {
  const paths = entries(name);
  const input = Object.fromEntries(
    paths.map((entry) => [entry, path.join(root, "dist", `${entry}.js`)]),
  );
  const bundle = await rolldown({
    input,
    external: /^node:/,
    plugins: [choices(tree, name)],
    logLevel: "warn",
  });
  await bundle.write({
    dir: path.join(root, "dist", name),
    format: "esm",
    chunkFileNames: "shared/[name].js",
    minifyInternalExports: false,
    codeSplitting: { groups: tree.groups },
  });
}

for (const [name, tree] of Object.entries(TREES)) await write(name, tree);
