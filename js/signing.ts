/** `sign`, `explain` and `verify` over a module: synchronous, no init call. */

import type { Core, SignerExports } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { digest } from "./digest.ts";
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
import { decodeHeaders, type Encoded, encodeHead, HEAD, TC3 } from "./head.ts";
import { readMembers, type Shape } from "./members.ts";
import type { Received } from "./received.ts";
import { type SignRequestInput, signRequest } from "./sign-request.ts";
import {
  type Authorization,
  type Lookup,
  parseAuthorization,
  type Verification,
  type VerifyOptions,
  verify,
} from "./verify.ts";

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
  /**
   * How header values are signed: in lower case as documented, or as they are sent, as the SDKs do. `verify` reads them
   * as documented. @default "lower"
   */
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

/** The same, where waiting is possible: a body and the values of `parts` may also be a Blob or a File. */
export type AsyncSignInput = Omit<SignInput, "payload"> & AsyncFormInput;

/** A service's own hosts: one near the caller, that of `region`, that inside Tencent Cloud, that of the international site. */
export type Endpoint = "nearest" | "regional" | "internal" | "international";

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

const INPUT: Shape = { ...FORM, ...HEAD, ...TC3, payloadHash: "text" };

/** The functions over one module. */
export function signing(core: Core<SignerExports>): Signing {
  return {
    /**
     * Signs a request with TC3-HMAC-SHA256.
     *
     * @throws ValidationError, CredentialError: nothing is signed; the problems of a step are listed together
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
    verify: (credential, received, options) => verify(core, credential, received, options),

    /**
     * Reads an Authorization header; nothing in it is verified.
     *
     * @throws ValidationError where it has not the documented form
     */
    parseAuthorization: (value) => parseAuthorization(core, value),

    /** Forgets every derived key. */
    clearKeys: () => core.clearKeys(),

    /** Compiles the module without blocking; only needed where a platform refuses to compile on demand. */
    ready: () => core.ready(),
  };
}

/** A request as the core signs it. */
interface Ready extends Encoded {
  form: Form;
  /** Of a body that the core does not see. */
  length: number;
}

function encode(core: Core<SignerExports>, credential: Credential, input: SignInput): Ready {
  const who = readCredential(credential);
  const members = readMembers(input, INPUT);
  return encodeForm(who, members, finishForm(core, draftForm(members)));
}

function encodeForm(who: Credential, members: Omit<SignInput, "payload">, form: Form): Ready {
  const { parts, count, timestamp } = encodeHead(who, members, form);
  const length = members.payloadHash === undefined ? 0 : bodyLength(form);
  return { parts, count, timestamp, form, length };
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
