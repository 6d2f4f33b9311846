/** The module that takes the platform's own objects, inlined; it is loaded when it is first asked. */

import { decodeBase64 } from "../core.ts";

/** wasm-bindgen's glue, ready to be called. */
export async function loadWeb(): Promise<typeof import("../built/web.js")> {
  const [glue, { base64 }] = await Promise.all([
    import("../built/web.js"),
    import("../built/web-module.ts"),
  ]);
  await glue.default({ module_or_path: decodeBase64(base64) });
  return glue;
}
