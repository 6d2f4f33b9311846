/** Vitest in workerd, by its workers pool. The wasm's rule comes from a wrangler file: the pool has none of its own. */

import type { Project } from "../../harness/project.ts";

export default {
  // As for wrangler: Vitest needs a newer Node than the library.
  scripts: true,
  rows: [
    {
      name: "vitest-workers",
      title: "Vitest 4 with @cloudflare/vitest-pool-workers",
      run: { kind: "process", command: ["vitest", "run"] },
    },
  ],
} satisfies Project;
