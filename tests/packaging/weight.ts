/** What an application carries: the packed tarball, and what stands beside it, bundled the same way. */

import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { builtinModules } from "node:module";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { build } from "esbuild";

const run = promisify(execFile);
const top = fileURLToPath(new URL("../../", import.meta.url));

/** Where an application runs: in a Worker the module is a file beside the script, in a page it stands in the script. */
export type Platform = "workerd" | "browser";

/** What a bundle weighs in bytes, all its files together; `gzip` is each file's `gzip -9`. */
export interface Weight {
  minified: number;
  gzip: number;
  /** Of `gzip`, the part that is WebAssembly. */
  wasm: number;
}

/** A folder in which the tarball is installed; whatever else is imported is this project's own. */
export async function installed(): Promise<{ folder: string; remove(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-weight-"));
  const pack = ["pack", "--json", "--silent", "--pack-destination", folder];
  const [packed] = JSON.parse((await run("npm", pack, { cwd: top })).stdout);
  const install = ["install", "--offline", "--no-audit", "--no-fund", `./${packed.filename}`];
  await run("npm", install, { cwd: folder });
  return { folder, remove: () => rm(folder, { recursive: true }) };
}

/** Bundles one program as its platform's applications are. */
export async function weigh(folder: string, platform: Platform, program: string): Promise<Weight> {
  const made = await build({
    stdin: { contents: program, resolveDir: folder, sourcefile: "application.js" },
    nodePaths: [`${top}node_modules`],
    bundle: true,
    minify: true,
    format: "esm",
    target: "es2022",
    outdir: "out",
    write: false,
    logLevel: "silent",
    loader: { ".wasm": "copy" },
    conditions: platform === "workerd" ? ["workerd", "worker", "browser"] : ["browser"],
    // What the platform has by itself (`nodejs_compat`).
    external:
      platform === "workerd" ? builtinModules.flatMap((name) => [name, `node:${name}`]) : [],
  });
  const weight: Weight = { minified: 0, gzip: 0, wasm: 0 };
  for (const { path: file, contents } of made.outputFiles) {
    const gzip = gzipSync(contents, { level: 9 }).length;
    weight.minified += contents.length;
    weight.gzip += gzip;
    if (file.endsWith(".wasm")) weight.wasm += gzip;
  }
  return weight;
}
