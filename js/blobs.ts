/** What has to be waited for before a request can be signed: Blobs are read, and large bodies digested elsewhere. */

import type { Form, FormInput } from "./form.ts";
import { readBlobs } from "./multipart.ts";

/** From about here on the platform's SHA-256 is faster than the module's, the crossing included (measured in Node 20). */
const LARGE_BODY = 128 * 1024;

/** The same input, with each Blob and File read into bytes. */
export async function withoutBlobs<T extends Omit<FormInput, "payload"> & { payload?: unknown }>(
  input: T,
): Promise<T & FormInput> {
  const { payload, parts } = input;
  const read = { ...input };
  if (payload instanceof Blob) read.payload = new Uint8Array(await payload.arrayBuffer());
  if (parts !== undefined) read.parts = await readBlobs(parts);
  return read as T & FormInput;
}

/** The platform's SHA-256 of a large body, in hexadecimal digits; nothing where the core shall make it. */
export async function digest({ body = "" }: Form): Promise<string | undefined> {
  // Pages have it in secure contexts only.
  if (body.length < LARGE_BODY || globalThis.crypto?.subtle === undefined) return undefined;
  const bytes = typeof body === "string" ? new TextEncoder().encode(body) : body;
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
