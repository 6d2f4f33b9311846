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
  ],
} satisfies Project;
