/** Next.js, whose edge routes run in its own sandbox of that runtime here. */

import type { Project } from "../../harness/project.ts";

const START = ["next", "start", "--hostname", "127.0.0.1", "--port", "{port}"];

export default {
  rows: [
    {
      name: "next-node",
      title: "Next.js, node route",
      build: [["next", "build"]],
      run: { kind: "server", command: START, path: "/node" },
    },
    {
      name: "next-edge",
      title: "Next.js, edge route",
      build: [["next", "build"]],
      run: { kind: "server", command: START, path: "/edge" },
    },
    {
      // With "type": "module" its webpack build of any edge route fails; here that is said for this row's own file.
      name: "next-edge-webpack",
      title: "Next.js built by webpack, edge route",
      build: [
        ["npm", "pkg", "delete", "type"],
        ["rm", "-rf", ".next"],
        ["next", "build", "--webpack"],
      ],
      run: { kind: "server", command: START, path: "/edge" },
    },
  ],
} satisfies Project;
