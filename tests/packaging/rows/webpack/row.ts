/** webpack 5, without a configuration. */

import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

export default {
  rows: [
    {
      name: "webpack",
      title: "webpack 5, in Chromium",
      build: [["webpack", "./main.js", "--mode", "production"]],
      run: { kind: "page", path: "/", from: { folder: ".", policy: POLICY } },
    },
    {
      name: "webpack-web",
      title: "webpack 5 with tc3-edge/web, in Chromium",
      build: [["webpack", "./web.js", "--mode", "production", "--output-path", "dist/web"]],
      run: { kind: "page", path: "/web.html", from: { folder: ".", policy: POLICY } },
    },
  ],
} satisfies Project;
