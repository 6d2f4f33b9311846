/** Vitest in workerd, by the successor of its workers pool. */

import type { Project } from "../../harness/project.ts";

export default {
  // As for wrangler: Vitest needs a newer Node than the library.
  scripts: true,
  rows: [
    {
      name: "vitest-plugin",
      title: "Vitest 5 with @cloudflare/vitest-plugin",
      run: { kind: "process", command: ["vitest", "run"] },
    },
  ],
} satisfies Project;
