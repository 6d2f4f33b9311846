/** Finds test files: Node 20 does not expand the patterns that its test runner is given. */

import path from "node:path";
import { root } from "../setup/run.mjs";
import { filesBelow } from "../setup/stamp.mjs";
import { Stop } from "../setup/stop.mjs";

/**
 * The files of all patterns. A pattern without any is an error, since tests that vanish must not count as passed.
 * @param {string[]} patterns of the form `folder/**\/*.ending`
 */
export function testFiles(patterns) {
  return patterns.flatMap((pattern) => {
    const [folder = "", ending = ""] = pattern.split("/**/*");
    const files = filesBelow(path.join(root, folder)).filter(
      (file) => file.endsWith(ending) && !file.includes("/node_modules/"),
    );
    if (files.length === 0)
      throw new Stop(
        `no file matches ${pattern}: write the test, or take the pattern out of scripts/test/`,
      );
    return files.map((file) => path.relative(root, file));
  });
}
