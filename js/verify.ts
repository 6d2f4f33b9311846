/** `verify` and `parseAuthorization`: what a request that arrived claims, and whether it is true. */

import { groups, type Part, run } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { CredentialError, ValidationError } from "./errors.ts";
import { aNumber, aText } from "./kinds.ts";
import { inspectCore } from "./load/inspect.ts";
import { readMembers, type Shape } from "./members.ts";
import { wrong } from "./problems.ts";
import { headerOf, type Received, type ReceivedRequest, readReceived } from "./received.ts";
import { idBefore, keepVerified, numberFor, passesAgain } from "./verified.ts";

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
  /** Whether every check passed. */
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

/** Gives the credential of a secret id at once, or nothing. */
export type Lookup = (secretId: string) => Credential | undefined;

/** The parts of an Authorization header. */
export interface Authorization {
  /** `TC3-HMAC-SHA256`, if it was signed so. */
  algorithm: string;
  /** Whose key signed, as it claims. */
  secretId: string;
  /** `YYYY-MM-DD`, in UTC if it was signed rightly. */
  date: string;
  /** Of the credential scope. */
  service: string;
  /** Lower-case names. */
  signedHeaders: string[];
  /** 64 lower-case hexadecimal digits; live for five minutes. */
  signature: string;
}

const VERIFY_OPTIONS: Shape = { now: aNumber, service: aText };

/** Verifies a received request, in constant time where a secret is compared. */
export function verify(
  credential: Credential | Lookup,
  received: Received,
  options: VerifyOptions = {},
): Verification {
  const { now = Date.now(), service } = readMembers(options, VERIFY_OPTIONS);
  if (service === "") throw wrong("service", "is empty; leave it out where any service will do");
  const before = idBefore(received);
  if (before === undefined) return verifyNew(credential, received, service, now);
  const found = typeof credential === "function" ? credential(before) : credential;
  if (found !== undefined && passesAgain(found, before, received, service, now)) {
    return { secretId: before, ok: true, unsignedPayload: false, problems: [] };
  }
  // A look-up is asked once.
  return verifyNew(() => found, received, service, now);
}

/** Verifies it in all steps. */
function verifyNew(
  credential: Credential | Lookup,
  received: Received,
  service: string | undefined,
  now: number,
): Verification {
  const arrived = readReceived(received);
  const request = encodeReceived(arrived, service ?? "");
  if (!request.whole) {
    const message = "a header or the target holds a NUL, or is no text";
    return { ok: false, unsignedPayload: false, problems: [{ check: "form", message }] };
  }
  const claimed = claimOf(request.authorization);
  const found = claimed && lookUp(credential, claimed.secretId);
  const known = found === undefined ? undefined : knownBy(found, claimed?.secretId);
  const parts: Part[] = [request.head, known?.secretKey ?? "", arrived.body];
  const number = found && known ? numberFor(found, known.secretKey) : 0;
  const [signs, ...values] = run(inspectCore, parts, (module, head, key, length) =>
    module.verify(head, request.count, key, length, now, known !== undefined, number),
  );
  const problems = groups(values, 2).map(([check, message = ""]) => ({
    check: check as CheckName,
    message,
  }));
  const became = { ok: problems.length === 0, unsignedPayload: signs === "unsigned", problems };
  if (became.ok && number > 0 && found && claimed) {
    keepVerified(found, received, claimed, service, number);
  }
  return claimed === undefined ? became : { secretId: claimed.secretId, ...became };
}

/**
 * Reads an Authorization header; nothing in it is verified.
 *
 * @throws ValidationError where it has not the documented form
 */
export function parseAuthorization(value: string): Authorization {
  if (typeof value !== "string") {
    throw wrong("authorization", "must be a text", "Type");
  }
  const values = run(inspectCore, [value], (module, length) => module.parse_authorization(length));
  const [algorithm = "", secretId = "", date = "", service = "", names = "", signature = ""] =
    values;
  return { algorithm, secretId, date, service, signedHeaders: names.split(";"), signature };
}

/** What the header claims, if it can be read. */
function claimOf(authorization: string): Authorization | undefined {
  try {
    return parseAuthorization(authorization);
  } catch (error) {
    if (error instanceof ValidationError) return undefined;
    throw error;
  }
}

function encodeReceived({ method, target, headers }: ReceivedRequest, service: string) {
  const values = [method, target, service, ...headers.flat()];
  return {
    head: values.join("\0"),
    count: values.length,
    authorization: String(headerOf(headers, "authorization") ?? ""),
    whole: values.every((value) => typeof value === "string" && !value.includes("\0")),
  };
}

function lookUp(credential: Credential | Lookup, secretId: string): Credential | undefined {
  return typeof credential === "function" ? credential(secretId) : credential;
}

/** The credential that was found, if it is that of a secret id. An empty key is none: anybody can sign with it. */
function knownBy(found: Credential, secretId?: string): Credential | undefined {
  const path = "credential.secretKey";
  if (found instanceof Promise) {
    const message = "is not there yet: the look-up must answer at once";
    throw CredentialError.of([{ path, code: "Missing", message }]);
  }
  const one = readCredential(found);
  if (one.secretKey === "") {
    throw CredentialError.of([{ path, code: "Missing", message: "must be given" }]);
  }
  return one.secretId === secretId ? one : undefined;
}
