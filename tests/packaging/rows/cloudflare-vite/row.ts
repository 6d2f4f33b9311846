/** A Worker as Cloudflare's plugin for Vite serves and builds it, in workerd. */

import type { Project } from "../../harness/project.ts";

const LISTEN = ["--host", "127.0.0.1", "--port", "{port}", "--strictPort"];

export default {
  scripts: true,
  rows: [
    {
      name: "cloudflare-vite-dev",
      title: "@cloudflare/vite-plugin, development server, in workerd",
      run: { kind: "server", command: ["vite", ...LISTEN] },
    },
    {
      name: "cloudflare-vite-build",
      title: "@cloudflare/vite-plugin, production, in workerd",
      build: [["vite", "build"]],
      run: { kind: "server", command: ["vite", "preview", ...LISTEN] },
    },
  ],
} satisfies Project;
