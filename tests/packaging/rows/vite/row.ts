/** Vite: what it serves while one develops, and what it builds. */

import type { Project } from "../../harness/project.ts";
import { POLICY } from "../../pages/policy.ts";

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
      build: [["vite", "build"]],
      run: { kind: "page", path: "/", from: { folder: "dist", policy: POLICY } },
    },
    {
      name: "vite-web",
      title: "Vite with tc3-edge/web, in Chromium",
      build: [["vite", "build", "--config", "web.config.js"]],
      run: { kind: "page", path: "/web.html", from: { folder: "dist-web", policy: POLICY } },
    },
  ],
} satisfies Project;
