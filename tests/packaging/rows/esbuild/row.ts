/** esbuild, which makes one file for a page or for Node. */

import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

export default {
  rows: [
    {
      name: "esbuild-browser",
      title: "esbuild, platform browser, in Chromium",
      quick: true,
      build: [["esbuild", "main.js", "--bundle", "--outfile=dist/main.js"]],
      run: { kind: "page", path: "/", from: { folder: ".", policy: POLICY } },
    },
    {
      // In one file, since a service worker may not import() another.
      name: "esbuild-service-worker",
      title: "esbuild, a service worker in Chromium",
      quick: true,
      build: [["esbuild", "sw.js", "--bundle", "--outfile=service-worker.js"]],
      run: { kind: "page", path: "/in-service-worker.html", from: { folder: ".", policy: POLICY } },
    },
    {
      // esbuild leaves addresses alone: the files are copied, and `init` is told where they are.
      name: "esbuild-web",
      title: "esbuild with tc3-edge/web, in Chromium",
      build: [
        ["esbuild", "web.js", "--bundle", "--format=esm", "--outfile=dist/web.js"],
        ["cp", "-r", "node_modules/tc3-edge/dist/wasm", "dist/wasm"],
      ],
      run: { kind: "page", path: "/web.html", from: { folder: ".", policy: POLICY } },
    },
    {
      name: "esbuild-node",
      title: "esbuild, platform node",
      quick: true,
      build: [["esbuild", "node.js", "--bundle", "--platform=node", "--outfile=dist/node.cjs"]],
      run: { kind: "process", command: ["{node}", "dist/node.cjs", "{servers}"] },
    },
  ],
} satisfies Project;
