/** How Vite makes the page: static files, with nothing inline. */

import { fileURLToPath } from "node:url";
import { defineConfig, type Plugin } from "vite";
import { HEADERS, META_POLICY } from "./headers.ts";

/** States the policy in the built page; Vite's own development page could not live under it. */
const policy: Plugin = {
  name: "policy",
  apply: "build",
  transformIndexHtml: () => [
    {
      tag: "meta",
      attrs: { "http-equiv": "Content-Security-Policy", content: META_POLICY },
      injectTo: "head-prepend",
    },
  ],
};

export default defineConfig({
  root: fileURLToPath(new URL(".", import.meta.url)),
  base: "./",
  publicDir: false,
  plugins: [policy],
  worker: { format: "es" },
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // The package's modules are inlined in its entries.
    chunkSizeWarningLimit: 700,
  },
  preview: { headers: HEADERS },
});
