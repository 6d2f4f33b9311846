/** The errors of a call that was sent. */

import { CLASSES, type ErrorDetails, Tc3Error } from "./tc3-error.ts";

/** The service said no; `code` and `message` are its own. */
export class ApiError extends Tc3Error {
  override readonly name = "ApiError";
  /** HTTP's status. */
  declare readonly status: number;
  /** When the request was signed, in milliseconds since 1970, by the caller's clock. */
  declare readonly sentAt: number;
  /** What the answer's Date says, in milliseconds since 1970; a page does not see it. */
  declare readonly serverTime?: number;

  constructor(
    message: string,
    details: ErrorDetails & { status: number; sentAt: number; serverTime?: number },
  ) {
    super(message, details);
  }
}

/** What came back is not the protocol. */
export class ResponseError extends Tc3Error {
  override readonly name = "ResponseError";
  /** HTTP's status; 0 where a page did not follow a redirect. */
  declare readonly status: number;
  /** Of the Content-Type, without parameters, in lower case. */
  declare readonly mediaType: string;
  /** The first 200 bytes, as text. Of JSON without its texts but for a code and its message: they may be secrets. */
  declare readonly firstBytes: string;

  constructor(
    message: string,
    details: ErrorDetails & { status: number; mediaType: string; firstBytes: string },
  ) {
    super(message, details);
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

/** Nothing was sent: the action may not be sent more often, and the client was told not to wait. */
export class LimitError extends Tc3Error {
  override readonly name = "LimitError";

  static of(action: string, perSecond: number): LimitError {
    return new LimitError(`${action} may be sent ${perSecond} times in a second`, {
      code: "RateLimited",
      remedy: 'Wait and call again, or let the client wait by `rate: "wait"`.',
      outcome: "notSent",
      retry: "safe",
      attempts: 0,
    });
  }
}

/** It may have happened: find out before repeating it. `cause` says why it is not known. */
export class OutcomeUnknownError extends Tc3Error {
  override readonly name = "OutcomeUnknownError";
}

Object.assign(CLASSES, {
  ApiError,
  ResponseError,
  NetworkError,
  TimeoutError,
  LimitError,
  OutcomeUnknownError,
});
