/** The class of every error that this package throws, and what such an error is as JSON. */

import { isObject } from "./kinds.ts";
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
  declare readonly code: string;
  /** What to do next, in one sentence. */
  declare readonly remedy: string;
  /** What is known to have become of the call. */
  declare readonly outcome: Outcome;
  /** Whether the same call may be made again. */
  declare readonly retry: Retry;
  /** How many requests were handed to the platform. */
  declare readonly attempts: number;
  /** The service's id of the request, where it answered with one. */
  declare readonly requestId?: string;
  /** The X-TC-TraceId of the answer, where it had one. */
  declare readonly traceId?: string;

  constructor(message: string, details: ErrorDetails) {
    super(message, details);
    Object.defineProperty(this, BRAND, { value: true });
    // Each class takes the details that its type names, and a cause stays hidden as `super` made it.
    Object.assign(this, details);
  }

  /** Whether a value is an error of this package, of any copy of it. */
  static is(value: unknown): value is Tc3Error {
    return isObject(value) && BRAND in value;
  }

  /** Everything but the stack; a cause that is not of this package keeps its name and message. */
  toJSON(): ErrorJson {
    const json = { ...(this as object), message: this.message } as ErrorJson;
    if (this.cause !== undefined) json.cause = causeToJson(this.cause);
    return json;
  }

  /** Rebuilds what `toJSON` gave. */
  static fromJSON(json: ErrorJson): Tc3Error {
    const { name, message, cause, ...given } = json;
    // What errors inherit is no member: assigned, it would be a prototype, or take the place of a method.
    const isMember = ([member]: [string, unknown]) =>
      !(member in Tc3Error.prototype || member === "stack");
    const members = Object.entries(given).filter(isMember);
    const details = {
      ...Object.fromEntries(members),
      ...(cause !== undefined && { cause: causeFromJson(cause) }),
    };
    return Object.assign(new (CLASSES[name] ?? Tc3Error)(message, details as never), { name });
  }
}

/**
 * The classes that `fromJSON` knows. Each file of errors adds its own, so that an application that cannot catch an error
 * by its class does not hold that class: there such an error is rebuilt as a `Tc3Error` of its name.
 */
export const CLASSES: Record<string, new (message: string, details: never) => Tc3Error> =
  Object.create(null);

function causeToJson(cause: unknown): ErrorJson {
  if (Tc3Error.is(cause)) return cause.toJSON();
  const name = cause instanceof Error ? String(cause.name) : typeof cause;
  return { name, message: textOf(cause) };
}

function causeFromJson(cause: unknown): unknown {
  const json = cause as ErrorJson;
  if (json.outcome !== undefined) return Tc3Error.fromJSON(json);
  return Object.assign(new Error(json.message), { name: json.name });
}
