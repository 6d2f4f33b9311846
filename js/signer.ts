/**
 * The signer alone: `sign`, `explain` and `verify`, with a module of their own.
 *
 * @module
 */

import { signerCore } from "./load/signer.ts";
import { type Signing, signing } from "./signing.ts";

const functions: Signing = /* @__PURE__ */ signing(signerCore);

export const sign: Signing["sign"] = functions.sign;
export const explain: Signing["explain"] = functions.explain;
export const signAsync: Signing["signAsync"] = functions.signAsync;
export const signRequest: Signing["signRequest"] = functions.signRequest;
export const verify: Signing["verify"] = functions.verify;
export const parseAuthorization: Signing["parseAuthorization"] = functions.parseAuthorization;
export const clearKeys: Signing["clearKeys"] = functions.clearKeys;
export const ready: Signing["ready"] = functions.ready;

export type { Credential } from "./credential.ts";
export * from "./errors.ts";
export type { AsyncFormInput, FormInput } from "./form.ts";
export type { FormPart } from "./multipart.ts";
export type { Received } from "./received.ts";
export type { SignRequestInput } from "./sign-request.ts";
export type {
  AsyncSignInput,
  Endpoint,
  Explanation,
  Signed,
  SignInput,
  Signing,
} from "./signing.ts";
export type {
  Authorization,
  CheckName,
  Lookup,
  Verification,
  VerifyOptions,
} from "./verify.ts";
