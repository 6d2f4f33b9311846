/** Hands one request to the platform's `fetch` and reads what comes back; it knows nothing of the protocol. */

import { join } from "./multipart.ts";

/** The head of an answer. */
export interface AnswerHead {
  status: number;
  /** Of the Content-Type, without parameters, in lower case; empty where there was none. */
  mediaType: string;
  headers: Headers;
}

/** A whole answer. */
export interface Received extends AnswerHead {
  body: Uint8Array;
}

/** Why nothing whole came back. */
export type Failure =
  | { kind: "network"; cause: unknown }
  | { kind: "timeout" }
  | { kind: "aborted"; reason: unknown }
  | ({ kind: "tooLarge"; maxBytes: number } & Received);

/** A request, and when to give up. */
export interface Sending {
  fetch: typeof fetch;
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | Uint8Array<ArrayBuffer> | undefined;
  /** In milliseconds, for the whole of it; 0 for none. */
  timeout: number;
  signal: AbortSignal | undefined;
  /** Whether each chunk starts the time anew: a stream may last. */
  lasting?: boolean;
}

/** An answer whose body comes in chunks. */
export interface Opened extends AnswerHead {
  /** The next chunk; nothing at the end. */
  next(): Promise<Uint8Array | Failure | undefined>;
  /** Ends it, and tells the platform to stop. */
  close(): void;
}

/**
 * Sends it and gives the answer's head. Time-out and abort end each wait on every platform, also on one whose
 * `fetch` ignores its signal, and tell the platform to stop.
 */
export async function open(sending: Sending): Promise<Opened | Failure> {
  const { fetch, url, timeout, signal, lasting = false, ...request } = sending;
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let end: (failure: Failure) => void = () => {};
  const stopped = new Promise<Failure>((resolve) => {
    end = resolve;
  });
  const onAbort = () => end({ kind: "aborted", reason: signal?.reason });
  const startTimer = () => {
    clearTimeout(timer);
    if (timeout > 0) timer = setTimeout(() => end({ kind: "timeout" }), timeout);
  };
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  const close = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
    reader?.cancel().catch(() => {});
    stop.abort();
  };
  const wait = async <T>(work: () => Promise<T>): Promise<T | Failure> => {
    const attempt = async () => {
      try {
        return await work();
      } catch (cause) {
        return { kind: "network", cause } as const;
      }
    };
    const result = await Promise.race([stopped, attempt()]);
    if (isFailure(result)) close();
    return result;
  };

  signal?.addEventListener("abort", onAbort);
  startTimer();
  const { body = null, ...rest } = request;
  const answer = await wait(() =>
    fetch(url, { ...rest, body, redirect: "manual", signal: stop.signal }),
  );
  if (isFailure(answer)) return answer;
  reader = answer.body?.getReader();
  return {
    status: answer.status,
    mediaType: mediaType(answer.headers),
    headers: answer.headers,
    async next() {
      if (lasting) startTimer();
      const chunk = await wait(async () => reader?.read());
      if (isFailure(chunk)) return chunk;
      if (chunk?.value !== undefined) return chunk.value;
      close();
      return undefined;
    },
    close,
  };
}

/** Reads the rest of an answer, up to `maxBytes`. */
export async function readAll(answer: Opened, maxBytes: number): Promise<Received | Failure> {
  const { status, mediaType, headers } = answer;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await answer.next();
    if (isFailure(chunk)) return chunk;
    const received = () => ({ status, mediaType, headers, body: join(chunks) });
    if (chunk === undefined) return received();
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      answer.close();
      return { kind: "tooLarge", maxBytes, ...received() };
    }
  }
}

/** Whether nothing whole came back. */
export function isFailure(value: unknown): value is Failure {
  return typeof value === "object" && value !== null && "kind" in value;
}

/** A content type's media type, as RFC 9110 has it: parameters and case mean nothing. */
function mediaType(headers: Headers): string {
  return ((headers.get("Content-Type") ?? "").split(";")[0] ?? "").trim().toLowerCase();
}
