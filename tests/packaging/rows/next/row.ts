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
      name: "next-edge-webpack",
      title: "Next.js built by webpack, edge route",
      build: [["next", "build", "--webpack"]],
      run: { kind: "server", command: START, path: "/edge" },
    },
  ],
} satisfies Project;
