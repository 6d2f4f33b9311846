/** Why a signature failed, in words: the door to src/diagnose.rs. */

import { toBytes } from "./bytes.ts";
import { type Credential, readCredential } from "./credential.ts";
import { type Problem, Tc3Error } from "./errors.ts";
import { aNumber, anObject, aText } from "./kinds.ts";
import { diagnose as module } from "./load/diagnose.ts";
import { readMembers, type Shape } from "./members.ts";
import { wrong } from "./problems.ts";
import { type Received, readReceived } from "./received.ts";
import type { Verification } from "./verify.ts";

/** The name of a cause; its message and its remedy say what it means. */
export type CauseName =
  | "authorizationForm"
  | "algorithm"
  | "clockOff"
  | "timestampHeader"
  | "dateNotUtc"
  | "secretIdDiffers"
  | "secretEmpty"
  | "secretSpaces"
  | "secretKeyPrefix"
  | "tokenWithoutTemporaryCredential"
  | "tokenMissing"
  | "tokenDiffers"
  | "serviceInScope"
  | "methodDiffers"
  | "pathSigned"
  | "queryOnPost"
  | "queryNotSigned"
  | "doubleEncodedQuery"
  | "queryOrder"
  | "hostPort"
  | "hostDiffers"
  | "contentTypeDiffers"
  | "valuesNotLowered"
  | "signedHeadersList"
  | "canonicalForm"
  | "unsignedPayloadHeader"
  | "bodyChanged"
  | "bodyTooLarge"
  | "secretKeyOrBody"
  | "noCredential"
  | "noRequest"
  | "notSigning";

/** A cause that was found. */
export interface Cause {
  /** A stable word. */
  cause: CauseName;
  /** Proved: it can be seen, or the signature fits as soon as this mistake is made. */
  certain: boolean;
  /** What is wrong, with the values; nothing secret is among them. */
  message: string;
  /** What to do. */
  remedy: string;
}

/** What became of the diagnosis. */
export interface Diagnosis {
  /** Whether the signature was made again and fits, and nothing else is wrong. */
  ok: boolean;
  /** What is certain first, then what is likely. */
  causes: Cause[];
  /** Where the sender's own text leaves the right one. */
  difference?: {
    /** Which of the sender's texts. */
    text: "canonicalRequest" | "stringToSign";
    /** From 1. */
    line: number;
    /** What that line is, such as `hashed payload` or `header host`. */
    name: string;
    /** That line, as the sender has it. */
    sender: string;
    /** That line, as it should be. */
    expected: string;
  };
  /** What `verify` says of a request that was pasted as a text, where there is a credential. */
  verification?: Verification;
}

/** What is known beside the subject. */
export interface DiagnoseOptions {
  /** With what the request should have been signed; without it, only what can be seen is judged. */
  credential?: Credential;
  /** The clock when the request arrived, in milliseconds; what an error knows of it goes before. @default Date.now() */
  now?: number;
  /** The service that was meant. @default the first label of a host of tencentcloudapi.com */
  service?: string;
  /** The sender's own canonical request. */
  canonicalRequest?: string;
  /** The sender's own string to sign. */
  stringToSign?: string;
  /** The request that an error is about. */
  received?: Received;
}

const OPTIONS: Shape = {
  credential: anObject,
  now: aNumber,
  service: aText,
  canonicalRequest: aText,
  stringToSign: aText,
  received: anObject,
};

/**
 * Says why a signature failed. `subject` is an error of a call, a request as it was sent, or a text: a curl line,
 * a raw HTTP request, or an Authorization header. Nothing leaves the machine.
 *
 * @throws ValidationError, CredentialError: the input could not be read
 * @example const { causes } = await diagnose("curl https://cvm.tencentcloudapi.com -H …", { credential });
 */
export async function diagnose(
  subject: Tc3Error | Received | string,
  options: DiagnoseOptions = {},
): Promise<Diagnosis> {
  const { credential, now = Date.now(), received, ...texts } = readMembers(options, OPTIONS);
  if (!Number.isSafeInteger(Math.trunc(now)))
    throw wrong("now", "must be a time, in milliseconds since 1970", "Type");
  const read = readSubject(subject);
  if (received && !Tc3Error.is(subject)) {
    throw wrong("received", "is for an error: this subject is the request itself");
  }
  const about = received && readRequest(received, "received.");
  const input = {
    ...texts,
    subject: read.subject,
    now: Math.trunc(now),
    credential: credential && readCredential(credential),
    received: about?.request,
  };
  const body = read.body ?? about?.body ?? EMPTY;
  const answer: Diagnosis | { problem: string } = await module.run((exports) =>
    exports.diagnose(input, body),
  );
  if ("problem" in answer) throw wrong("subject", answer.problem);
  return answer;
}

/** What only some errors have. */
interface ErrorFacts {
  /** The server's clock when it answered, in milliseconds. */
  serverTime: unknown;
  /** The sender's clock when it sent, in milliseconds. */
  sentAt: unknown;
  problems: Problem[];
}

/** The subject as the core takes it, and its request's body. */
function readSubject(subject: unknown): { subject: object; body?: Uint8Array } {
  if (typeof subject === "string") return { subject: { text: subject } };
  if (Tc3Error.is(subject)) {
    const { serverTime, sentAt, problems } = subject as Partial<ErrorFacts>;
    const error = {
      code: String(subject.code),
      serverTime: time(serverTime),
      sentAt: time(sentAt),
      problems: problems?.map(({ path, code }) => [path, code]) ?? [],
    };
    return { subject: { error } };
  }
  const { request, body } = readRequest(subject as Received, "subject.");
  return { subject: { request }, body };
}

function readRequest(input: Received, where: string): { request: object; body: Uint8Array } {
  const { body, ...request } = readReceived(input, where);
  if (request.headers.some(([, value]) => typeof value !== "string")) {
    throw wrong(`${where}headers`, "must be an object of texts", "Type");
  }
  return { request, body: toBytes(body) };
}

const EMPTY = new Uint8Array();

function time(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? Math.trunc(value) : undefined;
}
