/**
 * Heads of requests that were verified before. Most requests of one sender differ from the one before only in body, time
 * and signature: then the module goes on from what it kept (src/tc3/template.rs). Whatever is new or doubtful is verified in
 * all steps.
 */

import { cross } from "./core.ts";
import type { Credential } from "./credential.ts";
import { CAPACITY, DIGITS, nextNumber } from "./heads.ts";
import { isObject, isPlain, isText } from "./kinds.ts";
import { inspectCore } from "./load/inspect.ts";
import type { Received } from "./received.ts";
import type { Authorization } from "./verify.ts";

/** A head that was verified. */
interface Head {
  /** Under which the module kept it. */
  number: number;
  method: string;
  url: string;
  service: string | undefined;
  names: string[];
  /** What stands in each header that is signed or read; of the others, any text may. */
  values: (string | undefined)[];
  /** Which header holds the time. */
  timeAt: number;
}

const TIME = "x-tc-timestamp";
/** It says whether the body was signed. */
const MARKER = "x-tc-content-sha256";
/** As the module signs again. */
const SECONDS = /^[1-9]\d{9}$/;

/** Who signed, by what an Authorization says before its signature. */
const ids = new Map<string, string>();

/** By whose key they were verified: no secret is held for longer than its holder is. */
const heads = new WeakMap<Credential, { secretKey: string; known: Map<string, Head> }>();

/** The number for the module; 0 for a credential that is new, as each is of who makes one for each request. */
export function numberFor(credential: Credential, secretKey: string): number {
  if (heads.get(credential)?.secretKey !== secretKey) {
    heads.set(credential, { secretKey, known: new Map() });
    return 0;
  }
  return nextNumber();
}

/** Whose key it was, where a request whose Authorization says the same was verified. */
export function idBefore(received: Received): string | undefined {
  const said = authorizationOf(received);
  return said === undefined ? undefined : ids.get(said.slice(0, -DIGITS));
}

/** Whether a request of this id passes whose head passed before. `false` says only that all steps have to be taken. */
export function passesAgain(
  credential: Credential,
  secretId: string,
  received: Received,
  service: string | undefined,
  now: number,
): boolean {
  const kept = heads.get(credential);
  const said = authorizationOf(received) ?? "";
  const head = kept?.known.get(said.slice(0, -DIGITS));
  const { method, url, headers, body = "" } = received;
  if (!head || head.method !== method || head.url !== url || head.service !== service) return false;
  if (credential.secretId !== secretId || credential.secretKey !== kept?.secretKey) return false;
  if (!isSame(headers, head)) return false;
  if (!isText(body) && !(body instanceof Uint8Array)) return false;
  const time = Number((headers as Record<string, string>)[head.names[head.timeAt] ?? ""]);
  const parts = [said.slice(-DIGITS), body];
  const passed = cross(inspectCore, parts, (module, signature, length) =>
    module.verify_again(head.number, signature, length, time, now),
  );
  return passed === 1;
}

/** Keeps a head that was verified under this number. */
export function keepVerified(
  credential: Credential,
  received: Received,
  { secretId, signedHeaders }: Authorization,
  service: string | undefined,
  number: number,
): void {
  const said = authorizationOf(received)?.slice(0, -DIGITS);
  const known = heads.get(credential)?.known;
  if (said === undefined || known === undefined) return;
  const { method, url, headers } = received;
  const names = Object.keys(headers);
  const lower = names.map((name) => name.toLowerCase());
  const stays = [...signedHeaders, MARKER];
  const values = names.map((name, at) =>
    stays.includes(lower[at] ?? "") ? (headers as Record<string, string>)[name] : undefined,
  );
  const head = { number, method, url, service, names, values, timeAt: lower.indexOf(TIME) };
  for (const map of [ids, known]) if (map.size >= CAPACITY) map.clear();
  ids.set(said, secretId);
  known.set(said, head);
}

/** The Authorization of plain headers, under the names that are usual. */
function authorizationOf(received: Received): string | undefined {
  // What is no request is refused later.
  const headers = isObject(received) ? received.headers : undefined;
  if (!isPlain(headers)) return undefined;
  const { Authorization, authorization = Authorization } = headers as Record<string, unknown>;
  return isText(authorization) ? authorization : undefined;
}

function isSame(headers: Received["headers"], { names, values, timeAt }: Head): boolean {
  const own = Object.keys(headers);
  return (
    own.length === names.length &&
    own.every((name, at) => {
      const [value, before] = [(headers as Record<string, unknown>)[name], values[at]];
      if (name !== names[at] || !isText(value)) return false;
      if (at === timeAt) return SECONDS.test(value);
      return before === undefined ? !value.includes("\0") : value === before;
    })
  );
}
