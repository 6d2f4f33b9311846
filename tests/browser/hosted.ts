/** Builds the tests' own page with the sandbox's host in it, and serves it. */

import { fileURLToPath } from "node:url";
import { build } from "vite";
import type { Served } from "../../www/serve.ts";
import { serveBuilt } from "./folder.ts";

const top = fileURLToPath(new URL("../..", import.meta.url));

export function serveHost(): Promise<Served> {
  return serveBuilt((outDir) =>
    build({
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
    }),
  );
}
