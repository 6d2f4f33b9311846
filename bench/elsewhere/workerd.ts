/** workerd, as `tests/packaging/rows/wrangler` locks it, and Workers bundled for it. */

import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));

/** A Worker that runs. */
export interface Running {
  /** What it answers to a query, as a text. */
  ask(query: Record<string, string>): Promise<string>;
  stop(): void;
}

/** A folder with workerd, which goes with this process. */
export function installWorkerd(): string {
  const folder = mkdtempSync(path.join(tmpdir(), "tc3-edge-workerd-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  for (const file of ["package.json", "package-lock.json"]) {
    cpSync(here(`../../tests/packaging/rows/wrangler/${file}`), path.join(folder, file));
  }
  const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--silent"];
  console.log("installing workerd…");
  execFileSync("npm", ["ci", ...quiet], { cwd: folder, stdio: "inherit" });
  return folder;
}

/** Bundles a Worker below that folder, under a name; gives what `start` takes. */
export async function bundle(folder: string, name: string, source: string): Promise<string> {
  const place = path.join(folder, name);
  mkdirSync(place);
  const made = await build({
    stdin: { contents: source, resolveDir: here("."), loader: "ts", sourcefile: "worker.ts" },
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    outfile: path.join(place, "worker.js"),
    assetNames: "[name]",
    metafile: true,
    loader: { ".wasm": "copy" },
    conditions: ["workerd", "worker", "browser"],
    external: builtinModules.flatMap((one) => [one, `node:${one}`]),
    // The SDK is CommonJS.
    banner: {
      js: 'import { createRequire } from "node:module"; const require = createRequire("/");',
    },
  });
  const modules = Object.keys(made.metafile.outputs)
    .map((file) => path.basename(file))
    .filter((file) => file.endsWith(".wasm"))
    .map((file) => `(name = "${file}", wasm = embed "${file}"),`);
  const config = path.join(place, "config.capnp");
  writeFileSync(
    config,
    `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [(name = "worker.js", esModule = embed "worker.js"), ${modules.join(" ")}],
    compatibilityDate = "2026-01-01",
    compatibilityFlags = ["nodejs_compat"],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
  );
  return config;
}

/** Starts a Worker on a free port. */
export async function start(folder: string, config: string): Promise<Running> {
  const { default: workerd } = createRequire(path.join(folder, "package.json"))("workerd");
  const child: ChildProcess = spawn(workerd, ["serve", "--control-fd=3", config], {
    stdio: ["ignore", "inherit", "inherit", "pipe"],
  });
  const stop = () => {
    child.removeAllListeners("exit").kill();
    process.off("exit", stop);
  };
  process.on("exit", stop);
  const port = await new Promise<number>((resolve, reject) => {
    child.on("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
    child.stdio[3]?.on("data", (said) => resolve(JSON.parse(String(said)).port));
  });
  const ask = async (query: Record<string, string>) => {
    const answer = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams(query)}`);
    if (!answer.ok) throw new Error(`the Worker answered ${answer.status}`);
    return answer.text();
  };
  return { ask, stop };
}
