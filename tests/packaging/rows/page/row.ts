/** Chromium with the package's own files, as they are. */

import type { Project, Row } from "../../harness/project.ts";
import { POLICY, WITHOUT_WASM } from "../../pages/policy.ts";

export default {
  rows: [
    bare("page", "a page without a bundler"),
    bare("in-worker", "a module worker without a bundler"),
    bare("in-service-worker", "a service worker without a bundler"),
    bare("refused", "a page that may not run WebAssembly", WITHOUT_WASM),
  ],
} satisfies Project;

/** Under a strict policy, which allows neither an inline script nor an import map. */
function bare(name: string, title: string, policy = POLICY): Row {
  return {
    name,
    title: `${title}, in Chromium`,
    quick: true,
    run: { kind: "page", path: `/${name}.html`, from: { folder: ".", policy } },
  };
}
