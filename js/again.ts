/**
 * Signing again what was signed before but for payload and time, as most calls are: the head is neither checked nor written
 * anew, and the module goes on from what it kept (src/tc3/template.rs).
 */

import { atOnce, readContent } from "./content.ts";
import { type Core, type KeyExports, signAgain } from "./core.ts";
import type { Credential } from "./credential.ts";
import { aPayload, isObject, isText } from "./kinds.ts";
import type { Signed, SignInput } from "./signing.ts";

/** The arguments of a signature, each member asked for once. */
export interface Asked {
  credential: Credential;
  who: Credential;
  input: SignInput;
  what: SignInput;
}

/** What was signed before. */
interface Known extends Pick<Asked, "who" | "what"> {
  /** The own names of the credential and of the input: another one may be unknown. */
  whoNames: string[];
  whatNames: string[];
  /** Under which the module kept it. */
  number: number;
  url: string;
  headers: Record<string, string>;
  /** But for the signature. */
  authorization: string;
}

/** From here on the rest no longer matters, and the body's size has to be checked. */
const LARGE = 65_536;

/** How many actions are known of one credential. */
const CAPACITY = 64;

/**
 * What was signed with a credential, by action. The caller's object is the key, so that no secret is held for longer than
 * the caller holds it.
 */
const known = new WeakMap<Credential, Map<unknown, Known>>();

let lastNumber = 0;

/** Reads them by name: a loop over names would take as long as the signature. */
export function readAsked(credential: Credential, input: SignInput): Asked {
  // What is no object is refused later.
  if (!isObject(credential) || !isObject(input)) {
    return { credential, who: credential, input, what: input };
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

/** The signed request, if only payload and time differ from what was signed before. */
export function repeat(core: Core<KeyExports>, asked: Asked): Signed | undefined {
  const { credential, what } = asked;
  const before = known.get(credential)?.get(what.action);
  if (before === undefined || !isSame(asked, before)) return undefined;
  const { payload = {}, timestamp = Math.floor(Date.now() / 1000) } = what;
  if (aPayload(payload) !== true) return undefined;
  const body = atOnce(readContent(payload, what.nulls), "payload");
  // What was read is not read again.
  what.payload = body;
  if (body.length > LARGE) return undefined;
  const signature = signAgain(core, before.number, body, timestamp);
  if (signature === undefined) return undefined;
  const headers = { ...before.headers };
  headers["X-TC-Timestamp"] = String(timestamp);
  headers.Authorization = before.authorization + signature;
  return { method: "POST", url: before.url, headers, body };
}

/** A number for the module, if the same head may be signed again; 0 where it shall not be kept. */
export function numberFor({ credential, what }: Asked): number {
  if (!isObject(credential)) return 0;
  // Who makes a new object each time has no use for what is kept.
  if (!known.has(credential)) {
    known.set(credential, new Map());
    return 0;
  }
  const { params, parts, payloadHash, headers, signedHeaders } = what;
  if (params ?? parts ?? payloadHash ?? headers) return 0;
  if (signedHeaders !== undefined && !isText(signedHeaders)) return 0;
  lastNumber += 1;
  return lastNumber;
}

/** Remembers what was signed under a number. */
export function remember(asked: Asked, number: number, { url, headers }: Signed): void {
  const { credential, who, input, what } = asked;
  const actions = known.get(credential);
  if (actions === undefined) return;
  if (actions.size === CAPACITY) actions.clear();
  const { Authorization: authorization = "" } = headers;
  actions.set(what.action, {
    who,
    what: { ...what, payload: "" },
    whoNames: Object.keys(credential),
    whatNames: Object.keys(input),
    number,
    url,
    headers: { ...headers, Authorization: "" },
    authorization: authorization.slice(0, -64),
  });
}

function isSame({ credential, who: a, input, what: c }: Asked, before: Known): boolean {
  const { who: b, what: d } = before;
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
    hasNames(credential, before.whoNames) &&
    hasNames(input, before.whatNames)
  );
}

function hasNames(object: object, names: string[]): boolean {
  const own = Object.keys(object);
  return own.length === names.length && own.every((name, at) => name === names[at]);
}
