/** SHA-256 of large bodies by the platform. */

import { toBytes } from "./bytes.ts";
import type { Form } from "./form.ts";

/** From about here on the platform is faster than the module, the crossing included (measured in Node 20). */
const LARGE_BODY = 128 * 1024;

/** The digest of a large body in hexadecimal digits; nothing where the core shall make it. */
export async function digest({ body = "" }: Form): Promise<string | undefined> {
  // Pages have it in secure contexts only.
  if (body.length < LARGE_BODY || globalThis.crypto?.subtle === undefined) return undefined;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(body)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
