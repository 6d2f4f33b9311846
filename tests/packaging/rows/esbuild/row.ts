import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

export default {
  rows: [
    {
      name: "esbuild-browser",
      title: "esbuild, platform browser, in Chromium",
      build: [["esbuild", "main.js", "--bundle", "--outfile=dist/main.js"]],
      run: { kind: "page", path: "/", from: { folder: ".", policy: POLICY } },
    },
    {
      name: "esbuild-node",
      title: "esbuild, platform node",
      build: [["esbuild", "node.js", "--bundle", "--platform=node", "--outfile=dist/node.cjs"]],
      run: { kind: "process", command: ["{node}", "dist/node.cjs", "{servers}"] },
    },
  ],
} satisfies Project;
