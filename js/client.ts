/** What every service's class extends: one call is one request, checked before and read after by the core. */

import type { Part } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import {
  ApiError,
  LoadError,
  NetworkError,
  type Outcome,
  OutcomeUnknownError,
  ResponseError,
  type Retry,
  type Tc3Error,
  TimeoutError,
  ValidationError,
} from "./errors.ts";
import { decodeHeaders, encodeHead, normalizeHost } from "./head.ts";
import { readMarked, writeJson } from "./json.ts";
import { clientCore } from "./load/client.ts";
import { readMembers, type Shape } from "./members.ts";
import { type Failure, type Received, send } from "./send.ts";

/** The options of a service's class. */
export interface ClientOptions {
  credential: Credential;
  /** X-TC-Region, such as `ap-guangzhou`; a call may name another. */
  region?: string;
  /** Where to send, as an origin such as `http://127.0.0.1:8080`; http only to loopback. @default the service's nearest endpoint */
  endpoint?: string;
  /** @default the platform's */
  fetch?: typeof fetch;
  /** The clock, in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** In milliseconds, for a whole call; 0 for none. @default 60000 */
  timeout?: number;
}

/** The options of one call; each overrides the client's. */
export interface CallOptions {
  /** Ends the wait. Where nothing can have happened, its reason is thrown, else an `OutcomeUnknownError`. */
  signal?: AbortSignal;
  /** In milliseconds; 0 for none. */
  timeout?: number;
  region?: string;
}

/** A service version, as its generated file states it. */
export interface ServiceVersion {
  service: string;
  version: string;
  /** The table, in the format of schema/README.md. */
  table: string;
}

const CLIENT: Shape = {
  credential: "object",
  region: "text",
  endpoint: "text",
  fetch: "function",
  now: "function",
  timeout: "number",
};

const CALL: Shape = { signal: "signal", timeout: "number", region: "text" };

const DEFAULT_TIMEOUT = 60_000;

/** Answers above this are a `ResponseError`. */
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

/** Calls the actions of one service version. */
export class ServiceClient {
  readonly #service: ServiceVersion;
  readonly #options: ClientOptions;
  readonly #credential: Credential;
  readonly #endpoint: { scheme: string; host: string };

  constructor(options: ClientOptions, service: ServiceVersion) {
    this.#options = readMembers(options, CLIENT);
    this.#credential = readCredential(this.#options.credential);
    this.#service = service;
    const nearest = `https://${service.service}.tencentcloudapi.com`;
    this.#endpoint = readEndpoint(this.#options.endpoint ?? nearest);
    readTimeout(this.#options.timeout);
  }

  /** Makes one call of an action. Nothing is sent unless the payload passes the table's check. */
  protected async request<Answer>(
    action: string,
    payload: object,
    options: CallOptions = {},
  ): Promise<Answer> {
    const { signal, timeout, region } = readMembers(options, CALL);
    readTimeout(timeout);
    const body = writeJson(payload);
    signal?.throwIfAborted();
    await clientCore.ready();
    const prepared = this.#prepare(action, region ?? this.#options.region ?? "", body);
    signal?.throwIfAborted();
    const received = await send({
      // Called without a receiver, as a page's own fetch wants it.
      fetch: this.#options.fetch ?? globalThis.fetch,
      url: prepared.url,
      headers: prepared.headers,
      body,
      timeout: timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT,
      signal,
      maxBytes: MAX_RESPONSE_BYTES,
    });
    if ("kind" in received) throw failure(action, received, prepared.onlyReads);
    return this.#conclude(action, received, prepared.onlyReads) as Answer;
  }

  #prepare(action: string, region: string, body: string) {
    const { service, version, table } = this.#service;
    const { scheme, host } = this.#endpoint;
    const contentType = "application/json; charset=utf-8";
    const signedHeaders = "action";
    const head = { service, scheme, host, action, version, region, contentType, signedHeaders };
    const { parts, count } = encodeHead(this.#credential, { ...head, headers: {} }, body);
    const timestamp = Math.floor((this.#options.now ?? Date.now)() / 1000);
    const number = clientCore.table(table);
    const [effect, url = "", ...headers] = clientCore.run(
      parts,
      (module, [headLength = 0, key = 0, payload = 0]) =>
        module.prepare(number, headLength, count, key, payload, timestamp),
    );
    return { onlyReads: effect === "reads", url, headers: decodeHeaders(headers) };
  }

  #conclude(action: string, received: Received, onlyReads: boolean): unknown {
    const [kind, ...values] = this.#read(action, received, onlyReads);
    if (kind === "done") return JSON.parse(values[0] ?? "");
    if (kind === "exact") return readMarked(values[0] ?? "");
    if (kind === "refused") throw refusal(values);
    throw unlessItOnlyReads(onlyReads, action, notTheProtocol(values[0] ?? "", received));
  }

  #read(action: string, received: Received, onlyReads: boolean): string[] {
    try {
      const number = clientCore.table(this.#service.table);
      const parts: Part[] = [action, received.body];
      return clientCore.run(parts, (module, [name = 0, length = 0]) =>
        module.conclude(number, name, length, received.status),
      );
    } catch (cause) {
      // The module says "not sent" of itself, but the request was.
      const error = new LoadError("the module broke while it read the answer", {
        ...SENT,
        code: "ModuleBroke",
        remedy: "Please report it with the kind of answer.",
        cause,
      });
      throw unlessItOnlyReads(onlyReads, action, error);
    }
  }
}

function readEndpoint(endpoint: string): { scheme: string; host: string } {
  const [, scheme, host] = /^(https?):\/\/([^/]+)\/?$/.exec(endpoint) ?? [];
  if (scheme === undefined || host === undefined) {
    const message = "must be an origin, such as `https://iotvideo.tencentcloudapi.com`";
    throw ValidationError.of([{ path: "endpoint", code: "Value", message }]);
  }
  return { scheme, host: normalizeHost(scheme, host) };
}

function readTimeout(timeout = 0): void {
  if (timeout >= 0 && timeout <= 0x7fff_ffff) return;
  const message = "must be milliseconds from 0 (for none) to 2147483647";
  throw ValidationError.of([{ path: "timeout", code: "Value", message }]);
}

/** The service's refusal, from the values that the core left. */
function refusal([
  code = "",
  requestId = "",
  remedy = "",
  nothingDone,
  retry,
  ...message
]: string[]) {
  return new ApiError(message.join("\0"), {
    code,
    remedy,
    requestId,
    outcome: (nothingDone === "true" ? "refused" : "unknown") satisfies Outcome,
    retry: retry as Retry,
    attempts: 1,
  });
}

const SENT = { outcome: "unknown", attempts: 1, retry: "ifIdempotent" } as const;

function notTheProtocol(message: string, { status, mediaType, body }: Received): ResponseError {
  return new ResponseError(`${message} (HTTP status ${status})`, {
    ...SENT,
    code: "NotTheProtocol",
    remedy: "Look at `firstBytes`: something between here and the service may have answered.",
    status,
    mediaType,
    firstBytes: new TextDecoder().decode(body.subarray(0, 200)),
  });
}

/** What is thrown where no whole answer came. */
function failure(action: string, why: Failure, onlyReads: boolean): unknown {
  switch (why.kind) {
    case "aborted":
      return onlyReads ? why.reason : unknown(action, "was aborted after it was sent", why.reason);
    case "timeout": {
      const remedy = "Try again, or allow more by `timeout`.";
      const error = new TimeoutError("no whole answer came in time", {
        ...SENT,
        code: "Timeout",
        remedy,
      });
      return unlessItOnlyReads(onlyReads, action, error);
    }
    case "network": {
      const reason = why.cause instanceof Error ? why.cause.message : String(why.cause);
      const error = new NetworkError(`the platform's fetch failed: ${reason}`, {
        ...SENT,
        code: "NetworkFailed",
        remedy: "Check the network and the endpoint.",
        cause: why.cause,
      });
      return unlessItOnlyReads(onlyReads, action, error);
    }
    case "tooLarge": {
      const message = `the answer is larger than ${MAX_RESPONSE_BYTES} bytes`;
      return unlessItOnlyReads(onlyReads, action, notTheProtocol(message, why));
    }
  }
}

/** A call that changes something and whose answer is lost may have happened, whatever the reason. */
function unlessItOnlyReads(onlyReads: boolean, action: string, error: Tc3Error): Tc3Error {
  return onlyReads ? error : unknown(action, error.message, error);
}

function unknown(action: string, why: string, cause: unknown): OutcomeUnknownError {
  return new OutcomeUnknownError(`${action} may have been done: ${why}`, {
    code: "OutcomeUnknown",
    remedy: "Query the state before you repeat it: it may have happened.",
    outcome: "unknown",
    retry: "never",
    attempts: 1,
    cause,
  });
}
