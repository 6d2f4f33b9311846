/** Rollup, which finds packages by its plugin for that; told nothing of a browser, it takes `default`. */

import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

export default {
  rows: [
    {
      name: "rollup",
      title: "Rollup, in Chromium",
      build: [["rollup", "main.js", "--plugin", "@rollup/plugin-node-resolve", "--dir", "dist"]],
      run: { kind: "page", path: "/", from: { folder: ".", policy: POLICY } },
    },
  ],
} satisfies Project;
