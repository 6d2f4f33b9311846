/**
 * The signer alone: `sign`, `explain` and `verify`, with modules of their own.
 *
 * @module
 */

import { start } from "./core.ts";
import { inspectCore } from "./load/inspect.ts";
import { signerCore } from "./load/signer.ts";

export { clearKeys } from "./core.ts";
export type { Credential } from "./credential.ts";
export * from "./errors.ts";
export { type Explanation, explain } from "./explanation.ts";
export type { AsyncFormInput, FormInput } from "./form.ts";
export type { FormPart } from "./multipart.ts";
export type { Received } from "./received.ts";
export { type SignRequestInput, signRequest } from "./sign-request.ts";
export {
  type AsyncSignInput,
  type Endpoint,
  type Signed,
  type SignInput,
  sign,
  signAsync,
} from "./signing.ts";
export {
  type Authorization,
  type CheckName,
  type Lookup,
  parseAuthorization,
  type Verification,
  type VerifyOptions,
  verify,
} from "./verify.ts";

/** Compiles `sign`, `explain` and `verify` without blocking; only needed where a platform refuses to compile on demand. */
export async function ready(): Promise<void> {
  await Promise.all([start(signerCore), start(inspectCore)]);
}
