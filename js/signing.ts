/** `sign`, `explain` and `verify` over a module: synchronous, no init call. */

import type { Core, Part, SignerExports } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { digest } from "./digest.ts";
import { ValidationError } from "./errors.ts";
import {
  type AsyncFormInput,
  bodyLength,
  draftForm,
  FORM,
  type Form,
  type FormInput,
  finishForm,
  readBlobs,
} from "./form.ts";
import { decodeHeaders, type Encoded, encodeHead } from "./head.ts";
import { readMembers, type Shape } from "./members.ts";
import { headerOf, type Received, readBody, readHead } from "./received.ts";
import { type SignRequestInput, signRequest } from "./sign-request.ts";

export type { Received } from "./received.ts";

/** What is signed. */
export interface SignInput extends FormInput {
  /** The service's short name, such as `iotvideo`; never guessed from a host. */
  service: string;
  /** X-TC-Action, such as `RefundStorageService`. */
  action: string;
  /** X-TC-Version, such as `2019-11-26`. */
  version: string;
  /** X-TC-Region, such as `ap-guangzhou`; most actions need it. */
  region?: string;
  /** Which of the service's own hosts. @default "nearest" */
  endpoint?: Endpoint;
  /** Another host: signed as `new URL()` writes it, in lower case and without the scheme's own port. */
  host?: string;
  /** Where to send instead, on purpose: `host` is what is signed. */
  sentHost?: string;
  /** `"http"` for loopback hosts only, or with `insecureHttp`. @default "https" */
  scheme?: "https" | "http";
  /** Lets `http` go to any host: everybody on the way can read and change it. */
  insecureHttp?: boolean;
  /** In seconds since 1970. @default now */
  timestamp?: number;
  /** `"action"`: content-type, host, x-tc-action; `"sdk"`: content-type, host; or names. @default "action" */
  signedHeaders?: "action" | "sdk" | string[];
  /** How header values are signed: in lower case as documented, or as they are sent, as the SDKs do. @default "lower" */
  canonicalValues?: "lower" | "asSent";
  /** Leaves the body out of the signature: whoever sees the request can change it. */
  unsignedPayload?: boolean;
  /** Further headers to send; they are signed where `signedHeaders` names them. */
  headers?: Record<string, string>;
  /** X-TC-Language. */
  language?: "zh-CN" | "en-US";
  /** X-TC-RequestClient: up to 128 letters, digits, inner spaces and `-_,;.:` */
  requestClient?: string;
  /** X-TC-TraceId. */
  traceId?: string;
}

/** A service's own hosts: one near the caller, that of `region`, that inside Tencent Cloud, that of the international site. */
export type Endpoint = "nearest" | "regional" | "internal" | "international";

/** The same, where waiting is possible: a body and the values of `parts` may also be a Blob or a File. */
export type AsyncSignInput = Omit<SignInput, "payload"> & AsyncFormInput;

/** A request to hand to `fetch` as it is: `fetch(signed.url, signed)`. Its Authorization is live for five minutes. */
export interface Signed {
  method: "POST" | "GET";
  url: string;
  /** `Host` is not among them: the platform sends it from the URL. */
  headers: Record<string, string>;
  /** A GET has none, nor has a request of which only the `payloadHash` was given. */
  body?: string | Uint8Array<ArrayBuffer>;
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
  /** Whether the sender left the body out of the signature, so that anybody may have changed it. */
  unsignedPayload: boolean;
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

/** The parts of an Authorization header. */
export interface Authorization {
  /** `TC3-HMAC-SHA256`, if it was signed so. */
  algorithm: string;
  secretId: string;
  /** `YYYY-MM-DD`, in UTC if it was signed rightly. */
  date: string;
  service: string;
  signedHeaders: string[];
  /** 64 lower-case hexadecimal digits; live for five minutes. */
  signature: string;
}

/** What `signing` gives. */
export interface Signing {
  sign(credential: Credential, input: SignInput): Signed;
  signAsync(credential: Credential, input: AsyncSignInput): Promise<Signed>;
  signRequest(credential: Credential, request: Request, input: SignRequestInput): Promise<Request>;
  explain(credential: Credential, input: SignInput, options?: { keys?: boolean }): Explanation;
  verify(
    credential: Credential | Lookup,
    received: Received,
    options?: VerifyOptions,
  ): Verification;
  parseAuthorization(value: string): Authorization;
  clearKeys(): void;
  ready(): Promise<void>;
}

const INPUT: Shape = {
  ...FORM,
  service: "text",
  action: "text",
  version: "text",
  region: "text",
  endpoint: "text",
  host: "text",
  sentHost: "text",
  scheme: "text",
  insecureHttp: "boolean",
  timestamp: "number",
  signedHeaders: "names",
  canonicalValues: ["lower", "asSent"],
  unsignedPayload: "boolean",
  headers: "headers",
  language: "text",
  requestClient: "text",
  traceId: "text",
};

/** The functions over one module. */
export function signing(core: Core<SignerExports>): Signing {
  return {
    /**
     * Signs a request with TC3-HMAC-SHA256.
     *
     * @throws ValidationError, CredentialError: nothing is signed, and all problems are listed
     * @example const { url, ...request } = sign(credential, { service: "iotvideo", action, version, region, payload });
     */
    sign(credential, input) {
      return signEncoded(core, encode(core, credential, input));
    },

    /** Signs as `sign` does. Blobs and Files are read, and the platform digests a large body. */
    async signAsync(credential, input) {
      const who = readCredential(credential);
      const members = readMembers(input, INPUT);
      const [draft] = await Promise.all([readBlobs(draftForm(members)), core.ready()]);
      const form = finishForm(core, draft);
      const payloadHash = members.payloadHash ?? (await digest(form));
      return signEncoded(
        core,
        encodeForm(who, { ...members, ...(payloadHash && { payloadHash }) }, form),
      );
    },

    /**
     * Signs a standard Request, whose body it uses up, and gives a new one to hand to `fetch`. Method, host, query,
     * headers and body are the request's own; redirects are not followed.
     */
    signRequest: (credential, request, input) => signRequest(core, credential, request, input),

    /** Signs as `sign` does, and gives every intermediate value. `keys: true` adds the three derived keys. */
    explain(credential, input, options = {}) {
      const withKeys = readMembers(options, { keys: "boolean" }).keys === true;
      const { parts, count, form, length, timestamp } = encode(core, credential, input);
      const values = core.run(parts, (module, [head = 0, key = 0, payload = 0]) =>
        module.explain(head, count, key, payload, timestamp, length, withKeys),
      );
      const [hashedPayload, canonicalRequest, hashedCanonicalRequest, credentialScope] = values;
      const [stringToSign, signature, authorization, signedHeaders] = values.slice(4);
      const explanation = {
        ...signed(values.slice(11), form),
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
        return { ok: false, unsignedPayload: false, problems: [{ check: "form", message }] };
      }
      const secretId = claimedId(core, request.authorization);
      const known = secretId === undefined ? undefined : lookUp(credential, secretId);
      const parts: Part[] = [request.head, known?.secretKey ?? "", body];
      const [signs, ...values] = core.run(parts, (module, [head = 0, key = 0, length = 0]) =>
        module.verify(head, request.count, key, length, now, known !== undefined),
      );
      const problems: Verification["problems"] = [];
      for (let at = 0; at + 1 < values.length; at += 2) {
        problems.push({ check: values[at] as CheckName, message: values[at + 1] as string });
      }
      const found = { ok: problems.length === 0, unsignedPayload: signs === "unsigned", problems };
      return secretId === undefined ? found : { secretId, ...found };
    },

    /**
     * Reads an Authorization header; nothing in it is verified.
     *
     * @throws ValidationError where it has not the documented form
     */
    parseAuthorization: (value) => parse(core, value),

    /** Forgets every derived key. */
    clearKeys: () => core.clearKeys(),

    /** Compiles the module without blocking; only needed where a platform refuses to compile on demand. */
    ready: () => core.ready(),
  };
}

const VERIFY_OPTIONS: Shape = { now: "number", service: "text" };

/** A request as the core signs it. */
interface Ready extends Encoded {
  form: Form;
  /** Of a body that the core does not see. */
  length: number;
  timestamp: number;
}

function encode(core: Core<SignerExports>, credential: Credential, input: SignInput): Ready {
  const who = readCredential(credential);
  const members = readMembers(input, INPUT);
  return encodeForm(who, members, finishForm(core, draftForm(members)));
}

function encodeForm(who: Credential, members: Omit<SignInput, "payload">, form: Form): Ready {
  const { timestamp = Math.floor(Date.now() / 1000), payloadHash } = members;
  const length = payloadHash === undefined ? 0 : bodyLength(form);
  const { parts, count } = encodeHead(who, members, form);
  return { parts, count, form, length, timestamp };
}

function signEncoded(core: Core<SignerExports>, ready: Ready): Signed {
  const { parts, count, timestamp, length, form } = ready;
  const values = core.run(parts, (module, [head = 0, key = 0, payload = 0]) =>
    module.sign(head, count, key, payload, timestamp, length),
  );
  return signed(values, form);
}

/** What is handed to `fetch`, from the values that the core left. */
export function signed([url = "", ...headers]: string[], { method, body }: Form): Signed {
  const request = { method, url, headers: decodeHeaders(headers) } as Signed;
  if (body !== undefined) request.body = body;
  return request;
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

function parse(core: Core<SignerExports>, value: string): Authorization {
  if (typeof value !== "string") {
    const message = "must be a text";
    throw ValidationError.of([{ path: "authorization", code: "Type", message }]);
  }
  const values = core.run([value], (module, [length = 0]) => module.parse_authorization(length));
  const [algorithm = "", secretId = "", date = "", service = "", names = "", signature = ""] =
    values;
  return { algorithm, secretId, date, service, signedHeaders: names.split(";"), signature };
}

/** Who claims to have signed, if the header can be read. */
function claimedId(core: Core<SignerExports>, authorization: string): string | undefined {
  try {
    return parse(core, authorization).secretId;
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

function lookUp(credential: Credential | Lookup, secretId: string): Credential | undefined {
  if (typeof credential === "function") {
    const found = credential(secretId);
    return found === undefined ? undefined : readCredential(found);
  }
  const one = readCredential(credential);
  return one.secretId === secretId ? one : undefined;
}
