/** The module of the texts for people, inlined; it is loaded when it is first asked. */

import { decodeBase64 } from "../core.ts";

/** wasm-bindgen's glue, ready to be called. */
export async function loadExplain(): Promise<typeof import("../built/explain.js")> {
  const [glue, { base64 }] = await Promise.all([
    import("../built/explain.js"),
    import("../built/explain-module.ts"),
  ]);
  await glue.default({ module_or_path: decodeBase64(base64) });
  return glue;
}
