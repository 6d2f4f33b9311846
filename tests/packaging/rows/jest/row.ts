/** Jest, which has a module system of its own: it runs ES modules behind a flag, or what Babel makes of them. */

import type { Project } from "../../harness/project.ts";

const JEST = "node_modules/jest/bin/jest.js";

export default {
  scripts: true,
  rows: [
    {
      name: "jest-esm",
      title: "Jest, import with --experimental-vm-modules",
      run: { kind: "process", command: ["{node}", "--experimental-vm-modules", JEST, "esm"] },
    },
    {
      name: "jest-require",
      title: "Jest, require with that flag on Node 24",
      run: { kind: "process", command: ["node", "--experimental-vm-modules", JEST, "cjs"] },
    },
    {
      name: "jest-babel",
      title: "Jest, require by babel-jest",
      run: {
        kind: "process",
        command: ["{node}", JEST, "--config", "babel.config.jest.js", "cjs"],
      },
    },
  ],
} satisfies Project;
