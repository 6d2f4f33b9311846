/** TypeScript's ways to find a package, each compiled and then run by the Node that runs this. */

import type { Project, Row } from "../../harness/project.ts";

export default {
  rows: [
    row("bundler", "main.ts", "preserve", "bundler"),
    row("node16", "main.ts", "node16"),
    row("nodenext", "main.ts", "nodenext"),
    // As servers are often checked: without the types of a page.
    row("without-dom", "main.ts", "nodenext", "nodenext", ["--lib", "es2022"]),
    row("nodenext-cts", "require.cts", "nodenext"),
    row("node16-cts", "recipe.cts", "node16"),
  ],
} satisfies Project;

/** `module` is `moduleResolution` too, but for bundlers. The library's declarations are checked as well. */
function row(
  name: string,
  file: string,
  module: string,
  resolution = module,
  further: string[] = [],
): Row {
  const how = ["--module", module, "--moduleResolution", resolution, ...further];
  const common = ["--strict", "--target", "es2022", "--types", "node", "--allowJs"];
  const places = ["--rootDir", "src", "--outDir", `dist/${name}`];
  const starter = [
    file === "main.ts" ? "" : `, ${file}`,
    ...further.map((word) => ` ${word}`),
  ].join("");
  return {
    name: `typescript-${name}`,
    title: `TypeScript, ${resolution}${starter}`,
    quick: true,
    build: [
      ["cp", "suite.js", "suite-checks.js", "suite-faults.js", "suite-trouble.js", "src"],
      ["tsc", ...how, ...common, ...places, `src/${file}`],
    ],
    run: {
      kind: "process",
      command: ["{node}", `dist/${name}/${file.replace("ts", "js")}`, "{servers}"],
    },
  };
}
