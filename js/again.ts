/** Signs again what differs only in payload and time from what was signed before. */

import { atOnce, type Content, readContent } from "./content.ts";
import { type Core, runQuickly, type SignerExports } from "./core.ts";
import type { Credential } from "./credential.ts";
import { digestAtOnce } from "./digest.ts";
import { Heads, headersAgain } from "./heads.ts";
import { aPayload, isObject, isText } from "./kinds.ts";
import type { Signed, SignInput } from "./signing.ts";

/** The arguments of a signature, each member asked for once. */
export interface Asked {
  credential: Credential;
  who: Credential;
  input: SignInput;
  what: SignInput;
}

/** What a head was made from. */
interface Origin extends Pick<Asked, "who" | "what"> {
  /** The own names of the credential and of the input: another one may be unknown. */
  whoNames: string[];
  whatNames: string[];
}

const heads = new Heads<Origin>();

/** Reads them by name: a loop over names would take as long as the signature. */
export function readAsked(credential: Credential, input: SignInput): Asked {
  // What is no object is refused later.
  if (!isObject(credential) || !isObject(input)) {
    return { credential, who: {}, input, what: {} } as Asked;
  }
  const { secretId, secretKey, token, expiresAt } = credential;
  const { method, payload, params, query, parts, boundary, contentType, nulls } = input;
  const { payloadHash, service, action, version, region, endpoint, host, sentHost } = input;
  const { scheme, insecureHttp, timestamp, language, requestClient, traceId } = input;
  const { headers, signedHeaders, canonicalValues, unsignedPayload } = input;
  const who = { secretId, secretKey, token, expiresAt } as Credential;
  // biome-ignore format: as above
  const what = {
    method, payload, params, query, parts, boundary, contentType, nulls,
    payloadHash, service, action, version, region, endpoint, host, sentHost,
    scheme, insecureHttp, timestamp, language, requestClient, traceId,
    headers, signedHeaders, canonicalValues, unsignedPayload,
  } as SignInput;
  return { credential, who, input, what };
}

/** The signed request, if its head is that of the one before, and its body nothing that `waits`. */
export function repeat(
  core: Core<SignerExports>,
  asked: Asked,
  waits?: (content: Content) => boolean,
): Signed | undefined {
  const { credential, what } = asked;
  const head = heads.find(credential, what.action);
  if (head === undefined || !isSame(asked, head.origin)) return undefined;
  const { payload = {}, timestamp = Math.floor(Date.now() / 1000) } = what;
  if (aPayload(payload) !== true) return undefined;
  const content = readContent(payload, what.nulls);
  // What was read is not read again.
  what.payload = content as Exclude<Content, Blob>;
  if (waits?.(content)) return undefined;
  const body = atOnce(content, "payload");
  const digested = digestAtOnce(core, body);
  const signature = runQuickly(core, [digested?.digits ?? body], (module, payload) =>
    module.sign_again(head.number, payload, digested?.length ?? 0, timestamp),
  );
  if (signature === undefined) return undefined;
  return { method: "POST", url: head.url, headers: headersAgain(head, timestamp, signature), body };
}

/** A number for the module, if the same head may be signed again; else 0. */
export function numberFor({ credential, what }: Asked): number {
  const { method, params, parts, payloadHash, headers, signedHeaders } = what;
  const isList = signedHeaders !== undefined && !isText(signedHeaders);
  if (isList || method === "GET" || (params ?? parts ?? payloadHash ?? headers)) return 0;
  return heads.number(credential);
}

/** What a head is made from, before anything is waited for. */
export function originOf({ credential, who, input, what }: Asked): Origin {
  const [whoNames, whatNames] = [Object.keys(credential), Object.keys(input)];
  return { who, what: { ...what, payload: "" }, whoNames, whatNames };
}

/** Keeps what was signed under a number. */
export function keep(credential: Credential, origin: Origin, number: number, signed: Signed): void {
  heads.keep(credential, origin.what.action, origin, number, signed);
}

function isSame({ credential, who: a, input, what: c }: Asked, origin: Origin): boolean {
  const { who: b, what: d, whoNames, whatNames } = origin;
  return (
    a.secretKey === b.secretKey &&
    a.secretId === b.secretId &&
    a.token === b.token &&
    a.expiresAt === b.expiresAt &&
    c.service === d.service &&
    c.version === d.version &&
    c.region === d.region &&
    c.endpoint === d.endpoint &&
    c.host === d.host &&
    c.sentHost === d.sentHost &&
    c.scheme === d.scheme &&
    c.insecureHttp === d.insecureHttp &&
    c.language === d.language &&
    c.requestClient === d.requestClient &&
    c.traceId === d.traceId &&
    c.headers === d.headers &&
    c.signedHeaders === d.signedHeaders &&
    c.canonicalValues === d.canonicalValues &&
    c.unsignedPayload === d.unsignedPayload &&
    c.payloadHash === d.payloadHash &&
    c.method === d.method &&
    c.params === d.params &&
    c.query === d.query &&
    c.parts === d.parts &&
    c.boundary === d.boundary &&
    c.contentType === d.contentType &&
    c.nulls === d.nulls &&
    !Array.isArray(input) &&
    hasNames(credential, whoNames) &&
    hasNames(input, whatNames)
  );
}

function hasNames(object: object, names: string[]): boolean {
  const own = Object.keys(object);
  return own.length === names.length && own.every((name, at) => name === names[at]);
}
