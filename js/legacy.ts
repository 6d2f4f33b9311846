/**
 * What few actions need, with a module of its own: the older signatures, HmacSHA256 and HmacSHA1, and requests without
 * a signature. The older signatures take less than TC3 (GET 32 KB, POST 1 MB), have no form for an empty list, which is
 * left out, and sign values as they are.
 *
 * @module
 */

import { run, start } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { draftForm, FORM, FORM_TYPE, finishForm } from "./form.ts";
import { encodeHead, HEAD } from "./head.ts";
import { writeJson } from "./json.ts";
import { anInteger, anObject } from "./kinds.ts";
import { legacyCore } from "./load/legacy.ts";
import { readMembers, type Shape } from "./members.ts";
import { type Endpoint, type Signed, type SignInput, signed } from "./signing.ts";

/** What is signed: all parameters in one set. */
export interface LegacyInput {
  /** The service's short name, such as `cvm`; never guessed from a host. */
  service: string;
  /** Such as `DescribeInstances`. */
  action: string;
  /** Such as `2017-03-12`. */
  version: string;
  /** Such as `ap-guangzhou`; most actions need it. */
  region?: string;
  /** Which of the service's own hosts. @default "nearest" */
  endpoint?: Endpoint;
  /** Another host: signed as `new URL()` writes it, with its port. */
  host?: string;
  /** GET holds the parameters in the query, POST in a form. @default "POST" */
  method?: "GET" | "POST";
  /** The action's parameters; lists and objects are flattened to `A.0.B`. @default {} */
  params?: object;
  /** @default "HmacSHA256" */
  algorithm?: "HmacSHA256" | "HmacSHA1";
  /** In seconds since 1970. @default now */
  timestamp?: number;
  /** From 1 to 2^63 - 1; with the timestamp it tells requests apart. @default 32 random bits, never 0 */
  nonce?: number | bigint;
  /** The language of the service's messages. */
  language?: "zh-CN" | "en-US";
  /** What the caller calls itself, for the service's log. */
  requestClient?: string;
  /** `"http"` for loopback hosts only, or with `insecureHttp`. @default "https" */
  scheme?: "https" | "http";
  /** Lets `http` go to any host: everybody on the way can read and change it. */
  insecureHttp?: boolean;
}

/** A request that is not signed. */
export type SkipInput = Omit<
  SignInput,
  "signedHeaders" | "canonicalValues" | "unsignedPayload" | "payloadHash"
>;

/**
 * A request to hand to `fetch` as it is: `fetch(signed.url, signed)`. All of it but `method` and `headers` is live
 * for five minutes: who reads the URL, the body, or text and signature can send the request.
 */
export interface LegacySigned {
  /** As it was asked for. */
  method: "GET" | "POST";
  /** For GET with the query. */
  url: string;
  /** `Host` is not among them: the platform sends it from the URL. */
  headers: Record<string, string>;
  /** POST alone has one. */
  body?: string;
  /** Every parameter but the signature, values raw. A token of temporary credentials stands in it. */
  stringToSign: string;
  /** In Base64, not yet percent-encoded. */
  signature: string;
}

const { sentHost: _sent, traceId: _trace, headers: _headers, ...COMMON } = HEAD;

const INPUT: Shape = {
  ...COMMON,
  method: ["POST", "GET"],
  params: anObject,
  algorithm: ["HmacSHA256", "HmacSHA1"],
  nonce: anInteger,
};

const SKIP: Shape = { ...FORM, ...HEAD };

/**
 * Signs a request with HmacSHA256 or HmacSHA1.
 *
 * @throws ValidationError, CredentialError: nothing is signed; the problems of a step are listed together
 * @example const { url, ...request } = signLegacy(credential, { service: "cvm", action, version, region, params });
 */
export function signLegacy(credential: Credential, input: LegacyInput): LegacySigned {
  const who = readCredential(credential);
  const members = readMembers(input, INPUT);
  const { method = "POST", nonce = "", algorithm = "HmacSHA256" } = members;
  const payload = writeJson(members.params ?? {}, "omit", "params");
  const form = { method, contentType: FORM_TYPE, query: "", payload };
  const { parts, count, timestamp } = encodeHead(who, members, form);
  const [url = "", contentType = "", body = "", signature = "", ...rest] = run(
    legacyCore,
    [...parts, `${algorithm}\0${nonce}`],
    (module, head, key, params, choice) =>
      module.sign_legacy(head, count, key, params, choice, timestamp),
  );
  // A parameter may hold a NUL, at which the values were parted.
  const made = { method, url, stringToSign: rest.join("\0"), signature };
  return method === "GET"
    ? { ...made, headers: {} }
    : { ...made, headers: { "Content-Type": contentType }, body };
}

/**
 * Prepares a request with `Authorization: SKIP`, for the few actions that ask for no signature.
 *
 * @throws ValidationError: the problems of a step are listed together
 */
export function skipSign(input: SkipInput): Signed {
  const members = readMembers(input, SKIP);
  const form = finishForm(legacyCore, draftForm(members));
  const { parts, count, timestamp } = encodeHead(undefined, members, form);
  const [head = "", , payload = ""] = parts;
  const values = run(legacyCore, [head, payload], (module, first, length) =>
    module.skip_sign(first, count, length, timestamp),
  );
  return signed(values, form);
}

/** Compiles the module without blocking; only needed where a platform refuses to compile on demand. */
export async function ready(): Promise<void> {
  await start(legacyCore);
}

export type { Credential } from "./credential.ts";
export * from "./errors.ts";
export type { Endpoint, Signed } from "./signing.ts";
