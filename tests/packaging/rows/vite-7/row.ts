/** The Vite before: it needs a line of configuration for a worker. */

import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

const BUILD = ["vite", "build"];

export default {
  rows: [
    {
      name: "vite-7-build",
      title: "Vite 7, production, in Chromium",
      build: [BUILD],
      run: { kind: "page", path: "/", from: { folder: "dist", policy: POLICY } },
    },
    {
      name: "vite-7-worker",
      title: "Vite 7, production, a worker in Chromium",
      build: [BUILD],
      run: { kind: "page", path: "/in-worker.html", from: { folder: "dist", policy: POLICY } },
    },
  ],
} satisfies Project;
