/**
 * The small signed POST of `sign.ts` in workerd, beside what signs there. `node --import tsx bench/workerd.ts`. A Worker's
 * clock stands still while it computes, so the time of a request that signs often is taken from outside, less one that
 * does not sign. The locked workerd of `tests/packaging/rows/wrangler` is installed into a folder that goes again.
 */

import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { median, rounds, table } from "./rounds.ts";

const here = (name: string) => fileURLToPath(new URL(name, import.meta.url));
const folder = mkdtempSync(path.join(tmpdir(), "tc3-edge-workerd-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

console.log("installing workerd…");
for (const file of ["package.json", "package-lock.json"]) {
  cpSync(here(`../tests/packaging/rows/wrangler/${file}`), path.join(folder, file));
}
const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline", "--silent"];
execFileSync("npm", ["ci", ...quiet], { cwd: folder, stdio: "inherit" });

await build({
  entryPoints: [here("elsewhere/worker.ts")],
  bundle: true,
  format: "esm",
  target: "es2022",
  outdir: folder,
  entryNames: "worker",
  assetNames: "[name]",
  loader: { ".wasm": "copy" },
  conditions: ["workerd", "worker", "browser"],
  external: builtinModules.flatMap((name) => [name, `node:${name}`]),
  // The SDK is CommonJS.
  banner: {
    js: 'import { createRequire } from "node:module"; const require = createRequire("/");',
  },
});
writeFileSync(
  path.join(folder, "config.capnp"),
  `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [(name = "main", worker = (
    modules = [
      (name = "worker.js", esModule = embed "worker.js"),
      (name = "signer.wasm", wasm = embed "signer.wasm"),
    ],
    compatibilityDate = "2026-01-01",
    compatibilityFlags = ["nodejs_compat"],
  ))],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
`,
);

const { default: workerd } = createRequire(path.join(folder, "package.json"))("workerd");
const serve = ["serve", "--control-fd=3", path.join(folder, "config.capnp")];
const worker = spawn(workerd, serve, { stdio: ["ignore", "inherit", "inherit", "pipe"] });
process.on("exit", () => worker.kill());
const port = await new Promise<number>((resolve, reject) => {
  worker.on("exit", (code) => reject(new Error(`workerd ended with ${code}`)));
  worker.stdio[3]?.on("data", (said) => resolve(JSON.parse(String(said)).port));
});
const ask = async (query: Record<string, string>) => {
  const answer = await fetch(`http://127.0.0.1:${port}/?${new URLSearchParams(query)}`);
  if (!answer.ok) throw new Error(`the Worker answered ${answer.status}`);
  return answer.text();
};

/** In one request, whose own time is small beside them. */
const CALLS = 1000;
const names: string[] = JSON.parse(await ask({}));
const requests = names.map((way) => [way, () => ask({ way, calls: `${CALLS}` })] as const);
const empty = () => ask({ way: names[0] ?? "", calls: "0" });
const [none, ...timed] = await rounds({ none: empty, ...Object.fromEntries(requests) });
const without = none ? median(none.times) : 0;
const each = timed.map(({ name, times }) => ({
  name,
  times: times.map((time) => (time - without) / CALLS),
}));
console.log("\nA small signed POST in workerd; in brackets the middle half of 15 rounds.\n");
console.log(table(each, "SDK sign3"));
worker.removeAllListeners("exit").kill();
