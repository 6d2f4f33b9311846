/** Builds the tests' own page with the sandbox's host in it, and serves it. */

import { fileURLToPath } from "node:url";
import { build } from "vite";
import { type Served, serve } from "../../www/serve.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));

export async function serveHost(): Promise<Served> {
  const outDir = `${top}/test-results/host`;
  await build({
    configFile: false,
    root: `${top}/tests/browser/host`,
    base: "./",
    logLevel: "warn",
    worker: { format: "es" },
    build: {
      outDir,
      emptyOutDir: true,
      target: "es2022",
      assetsInlineLimit: 0,
      modulePreload: { polyfill: false },
      chunkSizeWarningLimit: 700,
    },
  });
  return serve(outDir);
}
