/** Every error that this package throws; texts about the service's codes come from the core. */

import { textOf } from "./text-of.ts";

/** What is known to have become of a call. */
export type Outcome = "notSent" | "refused" | "unknown" | "done";

/** Whether the same call may be made again: always, only if it changes nothing when made twice, or not. */
export type Retry = "safe" | "ifIdempotent" | "never";

/** Something in the input that keeps it from being sent. */
export interface Problem {
  /** Where: the member's path, such as `Data[2].OrderId`. */
  path: string;
  /**
   * `Missing`, `Empty`, `Unknown`, `Twice`, `Type`, `Value`, `Range`, `Length`, `Format`, `TooLarge`,
   * `UnknownAction`, `NotAnObject`, `InPage`, or `Further` where there are more than a hundred.
   */
  code: string;
  /** What is wrong, and what to do. */
  message: string;
}

/** What every error of this package knows beside its message. */
export interface ErrorDetails {
  /** The service's code, or a stable word of this package. */
  code: string;
  /** What to do next, in one sentence. */
  remedy: string;
  /** What is known to have become of the call. */
  outcome: Outcome;
  /** Whether the same call may be made again. */
  retry: Retry;
  /** How many requests were handed to the platform. */
  attempts: number;
  /** The service's id of the request. */
  requestId?: string;
  /** The X-TC-TraceId of the answer. */
  traceId?: string;
  /** Why, where something else failed first. */
  cause?: unknown;
}

/** An error as plain JSON: structured clones keep only the message, so this is what is sent elsewhere. */
export interface ErrorJson {
  /** The class. */
  name: string;
  /** What happened. */
  message: string;
  [member: string]: unknown;
}

/** Pages hold several copies of a package, so `instanceof` alone would miss some. */
const BRAND = Symbol.for("tc3-edge.error");

/** The class that all others extend. */
export class Tc3Error extends Error {
  override readonly name: string = "Tc3Error";
  /** A stable word: the service's code for `ApiError`, else one of this package. */
  readonly code: string;
  /** What to do next, in one sentence. */
  readonly remedy: string;
  /** What is known to have become of the call. */
  readonly outcome: Outcome;
  /** Whether the same call may be made again. */
  readonly retry: Retry;
  /** How many requests were handed to the platform. */
  readonly attempts: number;
  /** The service's id of the request, where it answered with one. */
  readonly requestId?: string;
  /** The X-TC-TraceId of the answer, where it had one. */
  readonly traceId?: string;

  constructor(message: string, details: ErrorDetails) {
    super(message, "cause" in details ? { cause: details.cause } : undefined);
    Object.defineProperty(this, BRAND, { value: true });
    this.code = details.code;
    this.remedy = details.remedy;
    this.outcome = details.outcome;
    this.retry = details.retry;
    this.attempts = details.attempts;
    if (details.requestId) this.requestId = details.requestId;
    if (details.traceId) this.traceId = details.traceId;
  }

  /** Whether a value is an error of this package, of any copy of it. */
  static is(value: unknown): value is Tc3Error {
    return typeof value === "object" && value !== null && BRAND in value;
  }

  /** Everything but the stack; a cause that is not of this package keeps its name and message. */
  toJSON(): ErrorJson {
    const { name, message } = this;
    const json: ErrorJson = { ...(this as object), name, message };
    if (this.cause !== undefined) json.cause = causeToJson(this.cause);
    return json;
  }

  /** Rebuilds what `toJSON` gave. */
  static fromJSON(json: ErrorJson): Tc3Error {
    const { name, message, cause, ...members } = json;
    const details = { ...members } as unknown as ErrorDetails;
    if (cause !== undefined) details.cause = causeFromJson(cause as ErrorJson);
    const make = Object.hasOwn(CLASSES, name) ? CLASSES[name] : undefined;
    return new (make ?? Tc3Error)(message, details as never);
  }
}

/** What both errors about an input share. */
class InputError extends Tc3Error {
  /** All of them, not the first. */
  readonly problems: Problem[];

  constructor(message: string, details: ErrorDetails & { problems: Problem[] }) {
    super(message, details);
    this.problems = details.problems;
  }
}

/** Nothing was sent: the input is not what the service takes. */
export class ValidationError extends InputError {
  override readonly name = "ValidationError";

  static of(problems: Problem[]): ValidationError {
    const remedy = "Correct what `problems` names, then call again.";
    const code = "InvalidInput";
    return new ValidationError(list(problems), { ...NOT_SENT, code, remedy, problems });
  }
}

/** Nothing was sent: the credential cannot sign. */
export class CredentialError extends InputError {
  override readonly name = "CredentialError";

  static of(problems: Problem[]): CredentialError {
    const has = (asked: string) => problems.some(({ code }) => code === asked);
    const remedy = has("InPage")
      ? "Give the page temporary credentials, or call from a server."
      : has("Missing")
        ? "Give both the secret id and the secret key."
        : "Copy the secret id and the secret key again, without spaces around them.";
    const code = "InvalidCredential";
    return new CredentialError(list(problems), { ...NOT_SENT, code, remedy, problems });
  }
}

/** The service said no; `code` and `message` are its own. */
export class ApiError extends Tc3Error {
  override readonly name = "ApiError";
  /** HTTP's status. */
  readonly status: number;
  /** When the request was signed, in milliseconds since 1970, by the caller's clock. */
  readonly sentAt: number;
  /** What the answer's Date says, in milliseconds since 1970; a page does not see it. */
  readonly serverTime?: number;

  constructor(
    message: string,
    details: ErrorDetails & { status: number; sentAt: number; serverTime?: number },
  ) {
    super(message, details);
    this.status = details.status;
    this.sentAt = details.sentAt;
    if (details.serverTime !== undefined) this.serverTime = details.serverTime;
  }
}

/** What came back is not the protocol. */
export class ResponseError extends Tc3Error {
  override readonly name = "ResponseError";
  /** HTTP's status; 0 where a page did not follow a redirect. */
  readonly status: number;
  /** Of the Content-Type, without parameters, in lower case. */
  readonly mediaType: string;
  /** The first 200 bytes, as text. Of JSON without its texts but for a code and its message: they may be secrets. */
  readonly firstBytes: string;

  constructor(
    message: string,
    details: ErrorDetails & { status: number; mediaType: string; firstBytes: string },
  ) {
    super(message, details);
    this.status = details.status;
    this.mediaType = details.mediaType;
    this.firstBytes = details.firstBytes;
  }
}

/** The platform's `fetch` failed. */
export class NetworkError extends Tc3Error {
  override readonly name = "NetworkError";
}

/** No whole answer came in time. */
export class TimeoutError extends Tc3Error {
  override readonly name = "TimeoutError";
}

/** It may have happened: find out before repeating it. `cause` says why it is not known. */
export class OutcomeUnknownError extends Tc3Error {
  override readonly name = "OutcomeUnknownError";
}

/** The WebAssembly module could not be started, or broke during a call. */
export class LoadError extends Tc3Error {
  override readonly name = "LoadError";

  /** Before anything was sent. */
  static of(message: string, code: string, remedy: string, cause: unknown): LoadError {
    return new LoadError(message, { ...NOT_SENT, code, remedy, cause });
  }
}

/** What errors from before the sending have in common. */
const NOT_SENT = { outcome: "notSent", retry: "never", attempts: 0 } as const;

const CLASSES: Record<string, new (message: string, details: never) => Tc3Error> = {
  ValidationError,
  CredentialError,
  ApiError,
  ResponseError,
  NetworkError,
  TimeoutError,
  OutcomeUnknownError,
  LoadError,
};

function list(problems: Problem[]): string {
  return problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
}

function causeToJson(cause: unknown): ErrorJson {
  if (Tc3Error.is(cause)) return cause.toJSON();
  if (cause instanceof Error) return { name: String(cause.name), message: textOf(cause) };
  return { name: typeof cause, message: textOf(cause) };
}

function causeFromJson(json: ErrorJson): unknown {
  if (Object.hasOwn(CLASSES, json.name) || json.name === "Tc3Error") return Tc3Error.fromJSON(json);
  return Object.assign(new Error(json.message), { name: json.name });
}
