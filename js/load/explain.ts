/** The module of the texts for people, inlined; it is loaded when it is first asked. */

import { decodeBase64 } from "../core.ts";

type Glue = typeof import("../built/explain.js");

let loaded: Promise<Glue> | undefined;

/** wasm-bindgen's glue, ready to be called; it is made once. */
export function loadExplain(): Promise<Glue> {
  loaded ??= load().catch((error) => {
    loaded = undefined;
    throw error;
  });
  return loaded;
}

async function load(): Promise<Glue> {
  const [glue, { base64 }] = await Promise.all([
    import("../built/explain.js"),
    import("../built/explain-module.ts"),
  ]);
  await glue.default({ module_or_path: decodeBase64(base64) });
  return glue;
}
