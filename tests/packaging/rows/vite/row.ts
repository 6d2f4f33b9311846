/** Vite: what it serves while one develops, and what it builds. */

import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

const FURTHER = ["vite", "build", "--config", "further.config.js"];

export default {
  rows: [
    {
      name: "vite-dev",
      title: "Vite, development server, in Chromium",
      run: {
        kind: "page",
        path: "/",
        from: { command: ["vite", "--host", "127.0.0.1", "--port", "{port}", "--strictPort"] },
      },
    },
    {
      name: "vite-build",
      title: "Vite, production, in Chromium",
      quick: true,
      build: [["vite", "build"]],
      run: { kind: "page", path: "/", from: { folder: "dist", policy: POLICY } },
    },
    {
      name: "vite-web",
      title: "Vite with tc3-edge/web, in Chromium",
      build: [FURTHER],
      run: { kind: "page", path: "/web.html", from: { folder: "dist-further", policy: POLICY } },
    },
    {
      name: "vite-worker",
      title: "Vite, production, a worker in Chromium",
      build: [FURTHER],
      run: {
        kind: "page",
        path: "/in-worker.html",
        from: { folder: "dist-further", policy: POLICY },
      },
    },
  ],
} satisfies Project;
