/** Node's versions, each as an ES module and by `require` of one, and with modules that are read from their files. */

import type { Project, Row } from "../../harness/project.ts";

const VERSIONS = [20, 22, 24, 26];

export default {
  scripts: true,
  rows: VERSIONS.flatMap((version) => [
    row(version, "esm", "import", "main.mjs"),
    row(version, "cjs", "require", "main.cjs"),
    row(version, "files", "import of tc3-edge/node", "files.mjs"),
  ]),
} satisfies Project;

function row(version: number, kind: string, how: string, file: string): Row {
  return {
    name: `node-${version}-${kind}`,
    title: `Node ${version}, ${how}`,
    quick: true,
    run: {
      kind: "process",
      command: [`node_modules/node-${version}/bin/node`, file, "{servers}"],
    },
  };
}
