/** Node's versions, each as an ES module and by `require` of one. */

import type { Project, Row } from "../../harness/project.ts";

const VERSIONS = [20, 22, 24, 26];

export default {
  scripts: true,
  rows: VERSIONS.flatMap((version) => [row(version, "esm"), row(version, "cjs")]),
} satisfies Project;

function row(version: number, kind: "esm" | "cjs"): Row {
  const file = kind === "esm" ? "main.mjs" : "main.cjs";
  return {
    name: `node-${version}-${kind}`,
    title: `Node ${version}, ${kind === "esm" ? "import" : "require"}`,
    quick: true,
    run: {
      kind: "process",
      command: [`node_modules/node-${version}/bin/node`, file, "{servers}"],
    },
  };
}
