/** `sign` and `signAsync`: TC3-HMAC-SHA256 over a module of its own. */

import { type Asked, keep, numberFor, originOf, readAsked, repeat } from "./again.ts";
import { type Core, type FormExports, run, start } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { type Digested, digest, digestAtOnce, isWaitedFor } from "./digest.ts";
import {
  type AsyncFormInput,
  draftForm,
  FORM,
  type Form,
  type FormInput,
  finishForm,
  formOf,
} from "./form.ts";
import { decodeHeaders, type Encoded, encodeHead, HEAD, TC3 } from "./head.ts";
import { aText } from "./kinds.ts";
import { signerCore } from "./load/signer.ts";
import { readMembers, type Shape } from "./members.ts";

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
  /** As it was asked for. */
  method: "POST" | "GET";
  /** Where to send it; for GET with the query. */
  url: string;
  /** `Host` is not among them: the platform sends it from the URL. */
  headers: Record<string, string>;
  /** A GET has none, nor has a request of which only the `payloadHash` was given. */
  body?: string | Uint8Array<ArrayBuffer>;
}

const INPUT: Shape = { ...FORM, ...HEAD, ...TC3, payloadHash: aText };

/**
 * Signs a request with TC3-HMAC-SHA256.
 *
 * @throws ValidationError, CredentialError: nothing is signed; the problems of a step are listed together
 * @example const { url, ...request } = sign(credential, { service: "iotvideo", action, version, region, payload });
 */
export function sign(credential: Credential, input: SignInput): Signed {
  const asked = readAsked(credential, input);
  return repeat(signerCore, asked) ?? signNew(asked);
}

function signNew(asked: Asked): Signed {
  const ready = readySign(signerCore, asked, ({ body = "" }) => digestAtOnce(signerCore, body));
  const number = numberFor(asked);
  const signed = signReady(ready, number);
  keep(asked.credential, originOf(asked), number, signed);
  return signed;
}

/** Signs as `sign` does. Blobs and Files are read, and the platform digests a large body. */
export async function signAsync(credential: Credential, input: AsyncSignInput): Promise<Signed> {
  const asked = readAsked(credential, input as SignInput);
  const again = signerCore.exports && repeat(signerCore, asked, isWaitedFor);
  if (again) return again;
  const who = readCredential(credential, asked.who);
  const members = readMembers(input, INPUT, "", asked.what);
  const [makeForm, origin] = [formOf(members), originOf(asked)];
  await start(signerCore);
  const form = await makeForm(signerCore);
  const payloadHash = members.payloadHash ?? (await digest(signerCore, form));
  const hashed = { ...members, ...(payloadHash && { payloadHash }) };
  const number = numberFor(asked);
  const signed = signReady({ ...encodeHead(who, hashed, form), form }, number);
  keep(credential, origin, number, signed);
  return signed;
}

/** A request as a core signs it. */
interface Ready extends Encoded {
  form: Form;
}

/** Reads what is to be signed; `core` frames a multipart body, and `digest` makes the digest of a large one. */
export function readySign(
  core: Core<FormExports>,
  asked: Asked,
  digest?: (form: Form) => Digested | undefined,
): Ready {
  const { credential, input, what } = asked;
  const who = readCredential(credential, asked.who);
  const members = readMembers(input, INPUT, "", what);
  const form = finishForm(core, draftForm(members));
  const made = members.unsignedPayload ? undefined : digest?.(form)?.digits;
  // The members are a copy already.
  if (made !== undefined) members.payloadHash ??= made;
  return Object.assign(encodeHead(who, members, form), { form });
}

function signReady({ parts, count, timestamp, length, form }: Ready, keep = 0): Signed {
  const values = run(signerCore, parts, (module, head, key, payload) =>
    module.sign(head, count, key, payload, timestamp, length, keep),
  );
  return signed(values, form);
}

/** What is handed to `fetch`, from the values that the core left. */
export function signed([url = "", ...headers]: string[], { method, body }: Form): Signed {
  const request = { method, url, headers: decodeHeaders(headers) } as Signed;
  if (body !== undefined) request.body = body;
  return request;
}
