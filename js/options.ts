/** What clients and calls can be told. */

import { refuseKey } from "#platform";
import { type Credential, readCredential } from "./credential.ts";
import { type CredentialProvider, refreshed } from "./credentials.ts";
import type { HeadMembers } from "./head.ts";
import { HOOKS, type Hooks } from "./hooks.ts";
import type { Integers } from "./integers.ts";
import { aBoolean, aFunction, aNumber, anObject, anything, aSignal, aText } from "./kinds.ts";
import { readMembers, type Shape } from "./members.ts";
import { wrong } from "./problems.ts";
import type { Endpoint } from "./signing.ts";
import { type ClientState, newState } from "./state.ts";

/** The options of a client. */
export interface ClientOptions<Mode extends Integers = "auto"> {
  /** Who signs, or a function that gives it; `"none"` where only actions are called that take no signature. */
  credential: Credential | CredentialProvider | "none";
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
  /** In milliseconds, for a whole call with all its tries and waits; 0 for none. @default 60000 */
  timeout?: number;
  /** In milliseconds, for each try; 0 for none. @default 0 */
  tryTimeout?: number;
  /** When a call is tried again. */
  retry?: RetryOptions;
  /**
   * Whether an action whose rate limit is known waits for its turn, fails at once (`LimitError`), or is not limited here.
   * @default "wait"
   */
  rate?: "wait" | "fail" | "off";
  /** How many calls are on their way at once, the others wait in order; 0 for no limit. @default 0 */
  concurrency?: number;
  /**
   * Sends an `Idempotency-Key` with each call that changes something, the same one with each of its tries. Only for a host
   * that is known to execute a key once, such as a gateway: the service does not.
   * @default false
   */
  idempotencyKey?: boolean;
  /** Draws for the waits between tries, evenly from 0 to 1. @default Math.random */
  random?: () => number;
  /** Longer answers are a `ResponseError`. @default 16777216 */
  maxResponseBytes?: number;
  /**
   * In which form answered integers come: as numbers and, beyond 2^53, as BigInt with a warning; all as BigInt; all as
   * texts. `stringify` writes each as it is.
   * @default "auto"
   */
  integers?: Mode;
  /** Told of what happens. */
  hooks?: Hooks;
}

/** When a call is tried again: what is safe to repeat, and worth it. The waits are random, up to a bound that doubles. */
export interface RetryOptions {
  /** How often a call is sent, at most; 1 for never again. @default 3 */
  tries?: number;
  /** The bound of the first wait, in milliseconds. @default 200 */
  baseDelay?: number;
  /** The longest wait, in milliseconds. Where the service asks for a longer one, the call ends. @default 20000 */
  maxDelay?: number;
}

/** The options of one call; each overrides the client's, and its hooks are told beside the client's. */
export interface CallOptions {
  /** Ends the wait. Where nothing can have happened, its reason is thrown, else an `OutcomeUnknownError`. */
  signal?: AbortSignal;
  /** In milliseconds, for the whole call; 0 for none. */
  timeout?: number;
  /** In milliseconds, for each try; 0 for none. */
  tryTimeout?: number;
  /** When it is tried again; members that are left out are the client's. */
  retry?: RetryOptions;
  /** X-TC-Region. */
  region?: string;
  /**
   * What every try is signed for, in seconds since 1970. The service takes it until five minutes later, by its own clock,
   * and no correction of the clock is tried. @default now
   */
  timestamp?: number;
  /** X-TC-Language. */
  language?: "zh-CN" | "en-US";
  /** X-TC-TraceId. */
  traceId?: string;
  /** Told of what happens to this call. */
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
  tryTimeout: aNumber,
  retry: anObject,
  rate: ["wait", "fail", "off"],
  concurrency: aNumber,
  idempotencyKey: aBoolean,
  random: aFunction,
  maxResponseBytes: aNumber,
  integers: ["auto", "bigint", "string"],
  hooks: anObject,
};

const CALL: Shape = {
  signal: aSignal,
  timeout: aNumber,
  tryTimeout: aNumber,
  retry: anObject,
  region: aText,
  timestamp: aNumber,
  language: aText,
  traceId: aText,
  hooks: anObject,
  dryRun: aBoolean,
  validate: aBoolean,
};

const RETRY: Shape = { tries: aNumber, baseDelay: aNumber, maxDelay: aNumber };

/** Where an `endpoint` leads. */
type Address = Pick<HeadMembers, "endpoint" | "scheme" | "host">;

/** When a call is tried again, every member given. */
export type Retrying = Required<RetryOptions>;

/** The options of a client, checked. */
export interface ReadClientOptions
  extends Omit<ClientOptions<Integers>, "credential" | "endpoint">,
    Address {
  /** Gives who signs. */
  credential: () => Credential | undefined | Promise<Credential>;
  integers: Integers;
  timeout: number;
  tryTimeout: number;
  retry: Retrying;
  rate: "wait" | "fail" | "off";
  /** `Infinity` for no limit. */
  concurrency: number;
  now: () => number;
  random: () => number;
  maxResponseBytes: number;
  state: ClientState;
}

/** The options of a call, checked. */
export interface ReadCallOptions extends CallOptions {
  retry: Retrying;
}

/** Reads a client's options; what is wrong with them is said before any call. */
export function readClientOptions(options: ClientOptions<Integers>): ReadClientOptions {
  const { endpoint = "nearest", credential: given, ...members } = readMembers(options, CLIENT);
  const { hooks = {}, integers = "auto", rate = "wait", concurrency = 0 } = members;
  const { timeout = 60_000, tryTimeout = 0, maxResponseBytes = 16 * 1024 * 1024 } = members;
  const { now = Date.now, random = Math.random } = members;
  readMembers(hooks, HOOKS, "hooks.");
  checkTimeout("timeout", timeout);
  checkTimeout("tryTimeout", tryTimeout);
  checkWhole("maxResponseBytes", maxResponseBytes, 1);
  checkWhole("concurrency", concurrency, 0);
  const retry = readRetry(members.retry, { tries: 3, baseDelay: 200, maxDelay: 20_000 });
  return {
    ...members,
    ...readEndpoint(endpoint),
    credential: readSource(given, now, members.allowKeyInPage),
    integers,
    timeout,
    tryTimeout,
    retry,
    rate,
    concurrency: concurrency || Infinity,
    // Of these options themselves they would be methods, and could ask them for the credential.
    now: () => now(),
    random: () => random(),
    maxResponseBytes,
    state: newState(),
  };
}

/** Where the credential comes from. A key that a page may not hold is refused at once, or when it is given. */
function readSource(
  given: ClientOptions<Integers>["credential"],
  now: () => number,
  allowKeyInPage = false,
): ReadClientOptions["credential"] {
  const check = (credential: Credential) => {
    if (!allowKeyInPage) refuseKey(credential, globalThis);
  };
  if (given === "none") return () => undefined;
  if (typeof given === "function") return refreshed(given, now, check);
  const credential = readCredential(given ?? {});
  check(credential);
  return () => credential;
}

/** The members that are given, and of the others those that were there before. */
function readRetry(given: RetryOptions = {}, before: Retrying): Retrying {
  const retry = { ...before, ...readMembers(given, RETRY, "retry.") };
  checkWhole("retry.tries", retry.tries, 1);
  checkTimeout("retry.baseDelay", retry.baseDelay);
  checkTimeout("retry.maxDelay", retry.maxDelay);
  return retry;
}

/** Reads a call's options, each once: a getter may answer otherwise when it is asked again. */
export function readCallOptions(client: ReadClientOptions, options?: CallOptions): ReadCallOptions {
  if (options === undefined) return { retry: client.retry };
  const members = readMembers(options, CALL);
  readMembers(members.hooks ?? {}, HOOKS, "hooks.");
  checkTimeout("timeout", members.timeout ?? 0);
  checkTimeout("tryTimeout", members.tryTimeout ?? 0);
  return { ...members, retry: readRetry(members.retry, client.retry) };
}

const ENDPOINTS = ["nearest", "regional", "internal", "international"];

function readEndpoint(endpoint: string): Address {
  if (ENDPOINTS.includes(endpoint)) return { endpoint };
  const [, scheme, host] = /^(https?):\/\/([^/]+)\/?$/.exec(endpoint) ?? [];
  if (scheme !== undefined && host !== undefined) return { scheme, host };
  const message = `must be one of ${ENDPOINTS.join(", ")}, or an origin such as \`https://iotvideo.tencentcloudapi.com\``;
  throw wrong("endpoint", message);
}

/** The longest time that a timer takes, and the largest number that crosses. */
const MOST = 0x7fff_ffff;

function checkTimeout(path: string, ms: number): void {
  if (ms >= 0 && ms <= MOST) return;
  throw wrong(path, `must be milliseconds from 0 to ${MOST}`);
}

function checkWhole(path: string, value: number, least: number): void {
  if (Number.isInteger(value) && value >= least && value <= MOST) return;
  throw wrong(path, `must be a whole number from ${least} to ${MOST}`);
}
