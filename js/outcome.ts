/** The errors for what came back, or did not: nothing that may have happened is reported as failed. */

import { decoder } from "./bytes.ts";
import {
  ApiError,
  type ErrorDetails,
  LoadError,
  NetworkError,
  type Outcome,
  OutcomeUnknownError,
  ResponseError,
  type Retry,
  type Tc3Error,
  TimeoutError,
} from "./errors.ts";
import type { Carrier } from "./platform/carrier.ts";
import { type Answer, type AnswerHead, Failure } from "./send.ts";
import { textOf } from "./text-of.ts";

/** A call that was sent. */
export interface SentCall {
  action: string;
  /** Whether nothing can have changed: the action reads, or it was a dry run. */
  onlyReads: boolean;
  /** When it was signed, in milliseconds since 1970, by the caller's clock. */
  sentAt: number;
  /** How often the call was sent, this time included. */
  attempts: number;
  carrier: Carrier;
}

/** The service's refusal, from the values that the core left. */
export function refusal(call: SentCall, answer: AnswerHead, values: string[]): Tc3Error {
  const [code = "", requestId = "", remedy = "", nothingDone, retry, ...message] = values;
  const date = dateOf(answer);
  const error = new ApiError(message.join("\0"), {
    code,
    remedy,
    ...ids(answer),
    ...(requestId && { requestId }),
    outcome: (nothingDone === "true" ? "refused" : "unknown") satisfies Outcome,
    retry: retry as Retry,
    attempts: call.attempts,
    status: answer.status,
    sentAt: call.sentAt,
    ...(date !== undefined && { serverTime: date }),
  });
  if (error.outcome === "refused") return error;
  return unknown(call, `the service answered ${code}, which does not prove otherwise`, error);
}

/** What an answer's Date says, in milliseconds since 1970; a page does not see that of another origin. */
export function dateOf({ headers }: Pick<AnswerHead, "headers">): number | undefined {
  const date = Date.parse(headers.get("Date") ?? "");
  return Number.isNaN(date) ? undefined : date;
}

/** What came back is not the protocol. Who answers so may be about to recover, unless its status says that it will not. */
export function notTheProtocol(
  call: SentCall,
  message: string,
  answer: Answer,
  retry: Retry = /^(3|4(?!08|21|25|29))/.test(`${answer.status}`) ? "never" : "ifIdempotent",
): Tc3Error {
  const { status, mediaType, body } = answer;
  return lost(call, ResponseError, `${message} (HTTP status ${status})`, {
    ...ids(answer),
    code: "NotTheProtocol",
    retry,
    remedy: "Look at `firstBytes`: something between here and the service may have answered.",
    status,
    mediaType,
    firstBytes: withoutValues(decoder.decode(body.subarray(0, 200))),
  });
}

/** What an answer says of itself, beside its values. */
const SAYS = "(?:Code|Message|RequestId|code|codeDesc|message|error)";

/** JSON may hold what the service just issued, keys and tokens: of its texts only those stay that say what went wrong. */
function withoutValues(text: string): string {
  if (!/^[\s\ufeff]*[[{]|"Response"\s*:/.test(text)) return text;
  const texts = new RegExp(`("${SAYS}"\\s*:\\s*)?"(?:[^"\\\\]|\\\\.)*(?:"(\\s*:)?|$)`, "gs");
  return text.replace(texts, (found, said?: string, colon?: string) =>
    said !== undefined || colon !== undefined ? found : '"…"',
  );
}

/** The module broke while it read the answer: it says "not sent" of itself, but the request was. */
export function moduleBroke(call: SentCall, cause: unknown): Tc3Error {
  return lost(call, LoadError, "the module broke while it read the answer", {
    code: "ModuleBroke",
    retry: "never",
    remedy: "Please report it with the kind of answer.",
    cause,
  });
}

/** What sending gives, or the error for a call of which no whole answer came. */
export async function orFailure<T>(call: SentCall, sending: Promise<T>): Promise<T> {
  try {
    return await sending;
  } catch (error) {
    throw error instanceof Failure ? failure(call, error) : error;
  }
}

function failure(call: SentCall, { why }: Failure): unknown {
  switch (why.kind) {
    case "aborted":
      return call.onlyReads
        ? why.reason
        : unknown(call, "was aborted after it was sent", why.reason);
    case "timeout":
      return lost(call, TimeoutError, "no whole answer came in time", {
        code: "Timeout",
        remedy: "Try again, or allow more by `timeout`.",
      });
    case "network":
      return lost(call, NetworkError, `the platform's fetch failed: ${textOf(why.cause)}`, {
        code: "NetworkFailed",
        remedy: "Check the network and the endpoint.",
        cause: why.cause,
        ...(call.carrier.neverLeft(why.cause) && NEVER_LEFT),
      });
    case "tooLarge": {
      const message = `the answer is larger than ${why.maxBytes} bytes, which is \`maxResponseBytes\``;
      return notTheProtocol(call, message, why, "never");
    }
  }
}

/** The ids that the service gives in headers, for its support. */
function ids({ headers }: AnswerHead): Pick<ErrorDetails, "requestId" | "traceId"> {
  const requestId = headers.get("X-TC-RequestId");
  const traceId = headers.get("X-TC-TraceId");
  return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
}

/** What is known of a request that could not be handed over. */
const NEVER_LEFT = { outcome: "notSent", retry: "safe" } as const;

/** What every error of a call that was sent holds; some say better. */
type Told = Pick<ErrorDetails, "outcome" | "retry" | "attempts">;

/** A call whose time was up before it was sent, or sent again: what was sent before proved to have done nothing. */
export function timeIsUp(attempts: number): TimeoutError {
  return new TimeoutError("the time was up before it could be sent", {
    code: "Timeout",
    remedy: "Allow more by `timeout`, or call less at once.",
    outcome: "notSent",
    retry: "safe",
    attempts,
  });
}

/** A call that changes something and whose answer is lost may have happened, whatever the reason. */
function lost<Details extends Omit<ErrorDetails, keyof Told> & Partial<Told>>(
  call: SentCall,
  Lost: new (message: string, details: Details & Told) => Tc3Error,
  message: string,
  details: Details,
): Tc3Error {
  const { attempts, onlyReads } = call;
  const error = new Lost(message, {
    outcome: "unknown",
    retry: "ifIdempotent",
    attempts,
    ...details,
  });
  return onlyReads || error.outcome === "notSent" ? error : unknown(call, error.message, error);
}

function unknown({ action, attempts }: SentCall, why: string, cause: unknown): OutcomeUnknownError {
  const { requestId, traceId } = (cause ?? {}) as Partial<Tc3Error>;
  return new OutcomeUnknownError(`${action} may have been done: ${why}`, {
    code: "OutcomeUnknown",
    remedy: "Query the state before you repeat it: it may have happened.",
    outcome: "unknown",
    retry: "never",
    attempts,
    ...(requestId && { requestId }),
    ...(traceId && { traceId }),
    cause,
  });
}
