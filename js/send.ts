/** Hands one request to the platform's `fetch` and reads what comes back; it knows nothing of the protocol. */

import { join } from "./bytes.ts";

/** The head of an answer. */
export interface AnswerHead {
  status: number;
  /** Of the Content-Type, without parameters, in lower case; empty where there was none. */
  mediaType: string;
  headers: Headers;
}

/** A whole answer. */
export interface Answer extends AnswerHead {
  body: Uint8Array;
}

/** Why nothing whole came back; thrown. */
export class Failure {
  readonly why:
    | { kind: "network"; cause: unknown }
    | { kind: "timeout" }
    | { kind: "aborted"; reason: unknown }
    | ({ kind: "tooLarge"; maxBytes: number } & Answer);

  constructor(why: Failure["why"]) {
    this.why = why;
  }
}

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
  /** Whether the time is for each wait: a stream may last, and its reader may take long between two chunks. */
  lasting?: boolean;
}

/** An answer whose body comes in chunks. */
export interface Opened extends AnswerHead {
  /** The next chunk; nothing at the end. */
  next(): Promise<Uint8Array | undefined>;
  /** Ends it, and tells the platform to stop. */
  close(): void;
}

/**
 * Sends it and gives the answer's head. Time-out and abort end each wait on every platform, also on one whose
 * `fetch` ignores its signal, and tell the platform to stop.
 *
 * @throws Failure
 */
export async function open(sending: Sending): Promise<Opened> {
  const { fetch, url, method, headers, body = null, timeout, signal, lasting = false } = sending;
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let reader: ReadableStreamDefaultReader<Uint8Array> | undefined;
  let stopped: Failure | undefined;
  let wake: (failure: Failure) => void = () => {};

  const end = (failure: Failure) => {
    stopped ??= failure;
    wake(stopped);
  };
  const onAbort = () => end(new Failure({ kind: "aborted", reason: signal?.reason }));
  const startTimer = () => {
    clearTimeout(timer);
    if (timeout > 0) timer = setTimeout(() => end(new Failure({ kind: "timeout" })), timeout);
  };
  const forget = () => {
    clearTimeout(timer);
    signal?.removeEventListener("abort", onAbort);
  };
  const close = () => {
    forget();
    cancel(reader);
    stop.abort();
  };
  /** One promise for each wait: a race with one that lasts would keep every chunk. */
  const wait = async <T>(work: () => Promise<T>): Promise<T> => {
    if (lasting || timer === undefined) startTimer();
    const result =
      stopped ??
      (await new Promise<T | Failure>((resolve) => {
        wake = resolve;
        const failed = (cause: unknown) => resolve(new Failure({ kind: "network", cause }));
        work().then(resolve, failed);
      }));
    wake = () => {};
    if (lasting) clearTimeout(timer);
    if (!(result instanceof Failure)) return result;
    close();
    throw result;
  };

  signal?.addEventListener("abort", onAbort);
  const head = await wait(async () => {
    const init = { method, headers, body, redirect: "manual", signal: stop.signal } as const;
    const answer = await fetch(url, init);
    const found = readHead(answer);
    reader = answer.body?.getReader();
    // It came after the end: nobody will read it.
    if (stopped) cancel(reader);
    return found;
  });
  return {
    ...head,
    async next() {
      const chunk = await wait(async () => reader?.read());
      if (chunk?.value !== undefined) return chunk.value;
      // It has ended: to stop it too would cost as much as a signature.
      forget();
      return undefined;
    },
    close,
  };
}

/**
 * Reads the rest of an answer, up to `maxBytes`.
 *
 * @throws Failure
 */
export async function readAll(answer: Opened, maxBytes: number): Promise<Answer> {
  const { status, mediaType, headers } = answer;
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = await answer.next();
    if (chunk === undefined) {
      const [first] = chunks;
      const body = first && chunks.length === 1 ? first : join(chunks);
      return { status, mediaType, headers, body };
    }
    chunks.push(chunk);
    length += chunk.length;
    if (length > maxBytes) {
      answer.close();
      const body = join(chunks);
      throw new Failure({ kind: "tooLarge", maxBytes, status, mediaType, headers, body });
    }
  }
}

export function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function cancel(reader: ReadableStreamDefaultReader<Uint8Array> | undefined): void {
  reader?.cancel().catch(() => {});
}

/** A caller's own `fetch` may answer anything. */
function readHead({ status, headers }: Response): AnswerHead {
  if (!Number.isInteger(status) || status < 0 || status > 599) {
    throw new TypeError("fetch answered with no Response");
  }
  // A content type's parameters and its case mean nothing (RFC 9110).
  const [mediaType = ""] = (headers.get("Content-Type") ?? "").split(";");
  return { status, headers, mediaType: mediaType.trim().toLowerCase() };
}
