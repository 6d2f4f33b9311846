/**
 * Tencent Cloud API 3.0 for browsers and the edge. A service's class stands at its own subpath, such as
 * `tc3-edge/iotvideo/v20191126`; here are the functions and the errors that all share.
 *
 * @module
 */

export {
  type Call,
  type CallOptions,
  Client,
  type ClientOptions,
  type DryRun,
  type Raw,
  type RawCalls,
  type RawOptions,
  type Reply,
  type RetryOptions,
} from "./client.ts";
export type { CredentialProvider } from "./credentials.ts";
export type { StreamEvent } from "./events.ts";
export type { About, Answered, Hooks, Retrying, Sending, Warning } from "./hooks.ts";
export type { Float, Integers, Read } from "./integers.ts";
export { stringify } from "./json.ts";
export { type ItemOf, type Page, type PaginateOptions, paginate } from "./paginate.ts";
export * from "./signer.ts";
