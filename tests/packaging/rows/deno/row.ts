/** Deno with no permission but loopback: it may not read a file at run time. */

import type { Project } from "../../harness/project.ts";

export default {
  rows: [
    {
      name: "deno",
      title: "Deno, without read permission",
      quick: true,
      run: {
        kind: "process",
        command: ["deno", "run", "--no-prompt", "--allow-net=127.0.0.1", "main.js", "{servers}"],
      },
    },
  ],
} satisfies Project;
