/** The package's own files by their places: a page without a bundler and without an import map has no other way. */

import * as iotvideo from "./node_modules/tc3-edge/dist/web/generated/iotvideo/v20191126.js";
import * as refunds from "./node_modules/tc3-edge/dist/web/refund.js";
import * as signer from "./node_modules/tc3-edge/dist/web/signer.js";
import * as root from "./node_modules/tc3-edge/dist/web/web.js";

/** Fetches the modules too, as `sign` cannot wait for its own. */
export async function load() {
  await root.init();
  return { root, signer, iotvideo, refunds };
}
