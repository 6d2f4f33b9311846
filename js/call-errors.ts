/** The errors of a call that was sent. */

import { CLASSES, type ErrorWith, Tc3Error } from "./tc3-error.ts";

/** What a refusal holds. */
interface ApiFacts {
  /** HTTP's status. */
  status: number;
  /** When the request was signed, in milliseconds since 1970, by the caller's clock. */
  sentAt: number;
  /** What the answer's Date says, in milliseconds since 1970; a page does not see it. */
  serverTime?: number;
}

/** The service said no; `code` and `message` are its own. */
export class ApiError extends (Tc3Error as ErrorWith<ApiFacts>) {
  override readonly name = "ApiError";
}

/** What an answer that is not the protocol shows of itself. */
interface ResponseFacts {
  /** HTTP's status; 0 where a page did not follow a redirect. */
  status: number;
  /** Of the Content-Type, without parameters, in lower case. */
  mediaType: string;
  /** The first 200 bytes, as text. Of JSON without its texts but for a code and its message: they may be secrets. */
  firstBytes: string;
}

/** What came back is not the protocol. */
export class ResponseError extends (Tc3Error as ErrorWith<ResponseFacts>) {
  override readonly name = "ResponseError";
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

Object.assign(CLASSES, {
  ApiError,
  ResponseError,
  NetworkError,
  TimeoutError,
  OutcomeUnknownError,
});
