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
import { type Answer, type AnswerHead, Failure } from "./send.ts";
import { textOf } from "./text-of.ts";

/** A call that was sent. */
export interface SentCall {
  action: string;
  /** Whether nothing can have changed: the action reads, or it was a dry run. */
  onlyReads: boolean;
  /** When it was signed, in milliseconds since 1970, by the caller's clock. */
  sentAt: number;
}

const SENT = { outcome: "unknown", attempts: 1, retry: "ifIdempotent" } as const;

/** The service's refusal, from the values that the core left. */
export function refusal(call: SentCall, answer: AnswerHead, values: string[]): ApiError {
  const [code = "", requestId = "", remedy = "", nothingDone, retry, ...message] = values;
  const date = Date.parse(answer.headers.get("Date") ?? "");
  return new ApiError(message.join("\0"), {
    code,
    remedy,
    ...ids(answer),
    ...(requestId && { requestId }),
    outcome: (nothingDone === "true" ? "refused" : "unknown") satisfies Outcome,
    retry: retry as Retry,
    attempts: 1,
    status: answer.status,
    sentAt: call.sentAt,
    ...(Number.isNaN(date) ? {} : { serverTime: date }),
  });
}

/** What came back is not the protocol. */
export function notTheProtocol(call: SentCall, message: string, answer: Answer): Tc3Error {
  const { status, mediaType, body } = answer;
  return lost(call, ResponseError, `${message} (HTTP status ${status})`, {
    ...ids(answer),
    code: "NotTheProtocol",
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
      });
    case "tooLarge": {
      const message = `the answer is larger than ${why.maxBytes} bytes, which is \`maxResponseBytes\``;
      return notTheProtocol(call, message, why);
    }
  }
}

/** The ids that the service gives in headers, for its support. */
function ids({ headers }: AnswerHead): Pick<ErrorDetails, "requestId" | "traceId"> {
  const requestId = headers.get("X-TC-RequestId");
  const traceId = headers.get("X-TC-TraceId");
  return { ...(requestId && { requestId }), ...(traceId && { traceId }) };
}

/** A call that changes something and whose answer is lost may have happened, whatever the reason. */
function lost<Details>(
  call: SentCall,
  Lost: new (message: string, details: Details & typeof SENT) => Tc3Error,
  message: string,
  details: Details,
): Tc3Error {
  const error = new Lost(message, { ...SENT, ...details });
  return call.onlyReads ? error : unknown(call, error.message, error);
}

function unknown({ action }: SentCall, why: string, cause: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError(`${action} may have been done: ${why}`, {
    code: "OutcomeUnknown",
    remedy: "Query the state before you repeat it: it may have happened.",
    outcome: "unknown",
    retry: "never",
    attempts: 1,
    cause,
  });
}
