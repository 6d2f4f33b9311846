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
  ],
} satisfies Project;
