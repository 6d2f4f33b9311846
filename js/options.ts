/** What clients and calls can be told. */

import { type Credential, readCredential } from "./credential.ts";
import type { HeadMembers } from "./head.ts";
import { HOOKS, type Hooks } from "./hooks.ts";
import type { Integers } from "./integers.ts";
import { aBoolean, aFunction, aNumber, anObject, anything, aSignal, aText } from "./kinds.ts";
import { readMembers, type Shape } from "./members.ts";
import { refuseKey } from "./page.ts";
import { wrong } from "./problems.ts";
import type { Endpoint } from "./signing.ts";

/** The options of a client. */
export interface ClientOptions<Mode extends Integers = "auto"> {
  /** Who signs; `"none"` where only actions are called that take no signature. */
  credential: Credential | "none";
  /** X-TC-Region, such as `ap-guangzhou`; a call may name another. */
  region?: string;
  /**
   * Which of the service's own hosts, or an origin such as `http://127.0.0.1:8080`; http only to loopback.
   * @default "nearest"
   */
  endpoint?: Endpoint | (string & {});
  /** A host to send to instead, on purpose: the endpoint's is what is signed. */
  sentHost?: string;
  /** Lets `http` go to any host: everybody on the way can read and change it. */
  insecureHttp?: boolean;
  /**
   * Lets a page, or a page's worker, hold a key without a token: whoever opens the page can read it and use it for
   * everything that it may do. Without it such a client is a `CredentialError`. On a server it changes nothing.
   * @default false
   */
  allowKeyInPage?: boolean;
  /**
   * Lets a page call the service's own hosts. The service is reported to answer no page of another origin, so without
   * it such a call is a `ValidationError` before anything is sent. For a `fetch` that does not go there, for instance.
   * @default false
   */
  allowDirectFromPage?: boolean;
  /** X-TC-Language, of the service's messages. */
  language?: "zh-CN" | "en-US";
  /** X-TC-RequestClient: up to 128 letters, digits, inner spaces and `-_,;.:` */
  requestClient?: string;
  /** What it throws becomes the `cause` of a `NetworkError`, so it should hold no secret. @default the platform's */
  fetch?: typeof fetch;
  /** The clock, in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** In milliseconds, for a whole call; 0 for none. @default 60000 */
  timeout?: number;
  /** Longer answers are a `ResponseError`. @default 16777216 */
  maxResponseBytes?: number;
  /**
   * In which form answered integers come: as numbers and, beyond 2^53, as BigInt with a warning; all as BigInt; all as
   * texts. `stringify` writes each as it is.
   * @default "auto"
   */
  integers?: Mode;
  /** Told of warnings. */
  hooks?: Hooks;
}

/** The options of one call; each overrides the client's, and its hooks are told beside the client's. */
export interface CallOptions {
  /** Ends the wait. Where nothing can have happened, its reason is thrown, else an `OutcomeUnknownError`. */
  signal?: AbortSignal;
  /** In milliseconds; 0 for none. */
  timeout?: number;
  /** X-TC-Region. */
  region?: string;
  /** X-TC-Language. */
  language?: "zh-CN" | "en-US";
  /** X-TC-TraceId. */
  traceId?: string;
  /** Told of this call's warnings. */
  hooks?: Hooks;
  /**
   * Changes nothing. Where the action itself takes `DryRun`, the service checks the call; elsewhere it is checked and
   * shown here, and nothing is sent.
   */
  dryRun?: boolean;
  /**
   * Whether the payload is held against the service version's table; `false` sends it as it is. A member that would be
   * lost, such as an `OrderId` that is `undefined`, is refused all the same.
   * @default true
   */
  validate?: boolean;
}

const CLIENT: Shape = {
  credential: anything,
  region: aText,
  endpoint: aText,
  sentHost: aText,
  insecureHttp: aBoolean,
  allowKeyInPage: aBoolean,
  allowDirectFromPage: aBoolean,
  language: aText,
  requestClient: aText,
  fetch: aFunction,
  now: aFunction,
  timeout: aNumber,
  maxResponseBytes: aNumber,
  integers: ["auto", "bigint", "string"],
  hooks: anObject,
};

const CALL: Shape = {
  signal: aSignal,
  timeout: aNumber,
  region: aText,
  language: aText,
  traceId: aText,
  hooks: anObject,
  dryRun: aBoolean,
  validate: aBoolean,
};

/** Where an `endpoint` leads. */
type Address = Pick<HeadMembers, "endpoint" | "scheme" | "host">;

/** The options of a client, checked. */
export interface ReadClientOptions
  extends Omit<ClientOptions<Integers>, "credential" | "endpoint">,
    Address {
  credential: Credential | undefined;
  integers: Integers;
  timeout: number;
  maxResponseBytes: number;
}

/** Reads a client's options; what is wrong with them is said before any call. */
export function readClientOptions(options: ClientOptions<Integers>): ReadClientOptions {
  const { endpoint = "nearest", ...members } = readMembers(options, CLIENT);
  const { hooks = {}, integers = "auto" } = members;
  const { timeout = 60_000, maxResponseBytes = 16 * 1024 * 1024 } = members;
  readMembers(hooks, HOOKS, "hooks.");
  checkTimeout(timeout);
  checkLimit(maxResponseBytes);
  const given: unknown = members.credential;
  const credential = given === "none" ? undefined : readCredential((given ?? {}) as Credential);
  if (!members.allowKeyInPage) refuseKey(credential, globalThis);
  const address = readEndpoint(endpoint);
  return { ...members, ...address, credential, integers, timeout, maxResponseBytes };
}

/** Reads a call's options. */
export function readCallOptions(options: CallOptions): CallOptions {
  const members = readMembers(options, CALL);
  readMembers(members.hooks ?? {}, HOOKS, "hooks.");
  if (members.timeout !== undefined) checkTimeout(members.timeout);
  return members;
}

const ENDPOINTS = ["nearest", "regional", "internal", "international"];

function readEndpoint(endpoint: string): Address {
  if (ENDPOINTS.includes(endpoint)) return { endpoint };
  const [, scheme, host] = /^(https?):\/\/([^/]+)\/?$/.exec(endpoint) ?? [];
  if (scheme !== undefined && host !== undefined) return { scheme, host };
  const message = `must be one of ${ENDPOINTS.join(", ")}, or an origin such as \`https://iotvideo.tencentcloudapi.com\``;
  throw wrong("endpoint", message);
}

function checkTimeout(timeout: number): void {
  if (timeout >= 0 && timeout <= 0x7fff_ffff) return;
  throw wrong("timeout", "must be milliseconds from 0 (for none) to 2147483647");
}

function checkLimit(bytes: number): void {
  if (Number.isInteger(bytes) && bytes > 0 && bytes <= 0x7fff_ffff) return;
  throw wrong("maxResponseBytes", "must be whole bytes from 1 to 2147483647");
}
