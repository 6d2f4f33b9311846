/** `sign`, `explain` and `verify` over a module: synchronous, no init call. */

import type { Core, Part, SignerExports } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { decodeHeaders, encodeHead, normalizeHost } from "./head.ts";
import { writeJson } from "./json.ts";
import { readMembers, type Shape } from "./members.ts";
import { headerOf, type Received, readBody, readHead } from "./received.ts";

export type { Received } from "./received.ts";

/** What is signed: a POST of JSON. */
export interface SignInput {
  /** The service's short name, such as `iotvideo`; never guessed from a host. */
  service: string;
  /** X-TC-Action, such as `RefundStorageService`. */
  action: string;
  /** X-TC-Version, such as `2019-11-26`. */
  version: string;
  /** X-TC-Region, such as `ap-guangzhou`; most actions need it. */
  region?: string;
  /** Signed as `new URL()` writes it: lower case, without the scheme's own port. @default service + ".tencentcloudapi.com" */
  host?: string;
  /** An object is written as JSON; a text or bytes are sent as they are. @default {} */
  payload?: object | string | Uint8Array;
  /** @default "application/json; charset=utf-8" */
  contentType?: string;
  /** In seconds since 1970. @default now */
  timestamp?: number;
  /** `"action"`: content-type, host, x-tc-action; `"sdk"`: content-type, host; or names. @default "action" */
  signedHeaders?: "action" | "sdk" | string[];
  /** Further headers to send; they are signed where `signedHeaders` names them. */
  headers?: Record<string, string>;
  /** `"http"` for loopback hosts only. @default "https" */
  scheme?: "https" | "http";
}

/** A request to hand to `fetch` as it is: `fetch(signed.url, signed)`. Its Authorization is live for five minutes. */
export interface Signed {
  method: "POST";
  url: string;
  /** `Host` is not among them: the platform sends it from the URL. */
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer>;
}

/** Every value on the way to a signature; digests are 64 lower-case hexadecimal digits. */
export interface Explanation extends Signed {
  canonicalRequest: string;
  hashedPayload: string;
  hashedCanonicalRequest: string;
  /** `YYYY-MM-DD/<service>/tc3_request`, in UTC. */
  credentialScope: string;
  stringToSign: string;
  signature: string;
  authorization: string;
  /** Lower-case names joined by `;`. */
  signedHeaders: string;
  /** Only where asked for; not enumerable, so that printing the explanation does not show them. */
  keys?: { secretDate: string; secretService: string; secretSigning: string };
}

/** What `verify` checks, in this order. */
export type CheckName =
  | "form"
  | "algorithm"
  | "secretId"
  | "date"
  | "service"
  | "signedHeaders"
  | "window"
  | "signature";

/** What became of the checks; it never holds the signature that was expected. */
export interface Verification {
  ok: boolean;
  /** Whose key signed, as the request claims. */
  secretId?: string;
  /** The checks that failed, in order. */
  problems: { check: CheckName; message: string }[];
}

/** The options of `verify`. */
export interface VerifyOptions {
  /** The verifier's clock in milliseconds. @default Date.now() */
  now?: number;
  /** The service that was called; without it, the scope may name any. */
  service?: string;
}

/** Gives the credential of a secret id, or nothing. */
export type Lookup = (secretId: string) => Credential | undefined;

/** What `signing` gives. */
export interface Signing {
  sign(credential: Credential, input: SignInput): Signed;
  explain(credential: Credential, input: SignInput, options?: { keys?: boolean }): Explanation;
  verify(
    credential: Credential | Lookup,
    received: Received,
    options?: VerifyOptions,
  ): Verification;
  clearKeys(): void;
  ready(): Promise<void>;
}

const INPUT: Shape = {
  service: "text",
  action: "text",
  version: "text",
  region: "text",
  host: "text",
  payload: "payload",
  contentType: "text",
  timestamp: "number",
  signedHeaders: "names",
  headers: "headers",
  scheme: "text",
};

/** The functions over one module. */
export function signing(core: Core<SignerExports>): Signing {
  return {
    /**
     * Signs a POST of JSON with TC3-HMAC-SHA256.
     *
     * @throws ValidationError, CredentialError: nothing is signed, and all problems are listed
     * @example const { url, ...request } = sign(credential, { service: "iotvideo", action, version, region, payload });
     */
    sign(credential, input) {
      const { parts, count, body, timestamp } = encode(credential, input);
      const values = core.run(parts, (module, [head = 0, key = 0, payload = 0]) =>
        module.sign(head, count, key, payload, timestamp),
      );
      return signed(values, body);
    },

    /** Signs as `sign` does, and gives every intermediate value. `keys: true` adds the three derived keys. */
    explain(credential, input, options = {}) {
      const withKeys = readMembers(options, { keys: "boolean" }).keys === true;
      const { parts, count, body, timestamp } = encode(credential, input);
      const values = core.run(parts, (module, [head = 0, key = 0, payload = 0]) =>
        module.explain(head, count, key, payload, timestamp, withKeys),
      );
      const [hashedPayload, canonicalRequest, hashedCanonicalRequest, credentialScope] = values;
      const [stringToSign, signature, authorization, signedHeaders] = values.slice(4);
      const explanation = {
        ...signed(values.slice(11), body),
        canonicalRequest,
        hashedPayload,
        hashedCanonicalRequest,
        credentialScope,
        stringToSign,
        signature,
        authorization,
        signedHeaders,
      } as Explanation;
      if (withKeys) {
        const [secretDate, secretService, secretSigning] = values.slice(8);
        const keys = { secretDate, secretService, secretSigning };
        Object.defineProperty(explanation, "keys", { value: keys });
      }
      return explanation;
    },

    /** Verifies a received request, in constant time where a secret is compared. */
    verify(credential, received, options = {}) {
      const { now = Date.now(), service = "" } = readMembers(options, VERIFY_OPTIONS);
      const body = readBody(received);
      const request = encodeReceived(received, service);
      if (!request.whole) {
        const message = "a header or the target holds a NUL, or is no text";
        return { ok: false, problems: [{ check: "form", message }] };
      }
      const [secretId] = core.run([request.authorization], (module, [length = 0]) =>
        module.secret_id(length),
      );
      const found = secretId === undefined ? undefined : lookUp(credential, secretId);
      const parts: Part[] = [request.head, found?.secretKey ?? "", body];
      const values = core.run(parts, (module, [head = 0, key = 0, length = 0]) =>
        module.verify(head, request.count, key, length, now, found !== undefined),
      );
      const problems: Verification["problems"] = [];
      for (let at = 0; at + 1 < values.length; at += 2) {
        problems.push({ check: values[at] as CheckName, message: values[at + 1] as string });
      }
      const ok = problems.length === 0;
      return secretId === undefined ? { ok, problems } : { ok, secretId, problems };
    },

    /** Forgets every derived key. */
    clearKeys: () => core.clearKeys(),

    /** Compiles the module without blocking; only needed where a platform refuses to compile on demand. */
    ready: () => core.ready(),
  };
}

const VERIFY_OPTIONS: Shape = { now: "number", service: "text" };

function encode(credential: Credential, input: SignInput) {
  const who = readCredential(credential);
  const members = readMembers(input, INPUT);
  const { service = "", scheme = "https", payload = {} } = members;
  const choice = members.signedHeaders ?? "action";
  const body = readPayload(payload);
  const { parts, count } = encodeHead(
    who,
    {
      service,
      scheme,
      host: normalizeHost(scheme, members.host ?? `${service}.tencentcloudapi.com`),
      action: members.action ?? "",
      version: members.version ?? "",
      region: members.region ?? "",
      contentType: members.contentType ?? "application/json; charset=utf-8",
      signedHeaders: typeof choice === "string" ? choice : choice.join(";"),
      headers: members.headers ?? {},
    },
    body,
  );
  return { parts, count, body, timestamp: members.timestamp ?? Math.floor(Date.now() / 1000) };
}

/** The very text or bytes that are hashed and sent; bytes are copied, since the caller may change theirs. */
function readPayload(payload: object | string | Uint8Array): string | Uint8Array<ArrayBuffer> {
  if (typeof payload === "string") return payload;
  return payload instanceof Uint8Array ? new Uint8Array(payload) : writeJson(payload);
}

function signed([url = "", ...headers]: string[], body: Signed["body"]): Signed {
  return { method: "POST", url, headers: decodeHeaders(headers), body };
}

function encodeReceived(received: Received, service: string) {
  const { target, headers } = readHead(received);
  const values = [received.method, target, service, ...headers.flat()];
  return {
    head: values.join("\0"),
    count: values.length,
    authorization: headerOf(headers, "authorization") ?? "",
    whole: values.every((value) => typeof value === "string" && !value.includes("\0")),
  };
}

function lookUp(credential: Credential | Lookup, secretId: string): Credential | undefined {
  if (typeof credential === "function") {
    const found = credential(secretId);
    return found === undefined ? undefined : readCredential(found);
  }
  const one = readCredential(credential);
  return one.secretId === secretId ? one : undefined;
}
