/** Bun, and a program that it compiled: there is no folder of packages beside that. */

import type { Project } from "../../harness/project.ts";

export default {
  scripts: true,
  rows: [
    {
      name: "bun",
      title: "Bun",
      quick: true,
      run: { kind: "process", command: ["bun", "main.js", "{servers}"] },
    },
    {
      name: "bun-compiled",
      title: "Bun, compiled binary",
      quick: true,
      build: [["bun", "build", "--compile", "main.js", "--outfile", "../bun-alone/main"]],
      run: { kind: "process", command: ["env", "-C", "../bun-alone", "./main", "{servers}"] },
    },
  ],
} satisfies Project;
