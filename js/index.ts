/**
 * Tencent Cloud API 3.0 for browsers and the edge. A service's class stands at its own subpath, such as
 * `tc3-edge/iotvideo/v20191126`; here are the functions and the errors that all share.
 *
 * @module
 */

import type { Core, SignerExports } from "./core.ts";
import { clientCore } from "./load/client.ts";
import { type Signing, signing } from "./signing.ts";

const functions: Signing = /* @__PURE__ */ signing(clientCore as unknown as Core<SignerExports>);

export const sign: Signing["sign"] = functions.sign;
export const explain: Signing["explain"] = functions.explain;
export const signAsync: Signing["signAsync"] = functions.signAsync;
export const signRequest: Signing["signRequest"] = functions.signRequest;
export const verify: Signing["verify"] = functions.verify;
export const parseAuthorization: Signing["parseAuthorization"] = functions.parseAuthorization;
export const clearKeys: Signing["clearKeys"] = functions.clearKeys;
export const ready: Signing["ready"] = functions.ready;

export {
  type Call,
  type CallOptions,
  Client,
  type ClientOptions,
  type DryRun,
  type Reply,
} from "./client.ts";
export type { Credential } from "./credential.ts";
export * from "./errors.ts";
export type { StreamEvent } from "./events.ts";
export type { AsyncFormInput, FormInput } from "./form.ts";
export type { Hooks, Warning } from "./hooks.ts";
export type { Float, Integers, Read } from "./integers.ts";
export { stringify } from "./json.ts";
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
