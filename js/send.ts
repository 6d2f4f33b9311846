/** Hands one request to the platform's `fetch` and reads the whole answer; it knows nothing of the protocol. */

/** What came back. */
export interface Received {
  status: number;
  /** Of the Content-Type, without parameters, in lower case; empty where there was none. */
  mediaType: string;
  body: Uint8Array;
}

/** Why nothing whole came back. */
export type Failure =
  | { kind: "network"; cause: unknown }
  | { kind: "timeout" }
  | { kind: "aborted"; reason: unknown }
  | { kind: "tooLarge"; status: number; mediaType: string; body: Uint8Array };

/** A request, and when to give up. */
export interface Sending {
  fetch: typeof fetch;
  url: string;
  headers: Record<string, string>;
  body: string;
  /** In milliseconds, for the whole of it; 0 for none. */
  timeout: number;
  signal: AbortSignal | undefined;
  maxBytes: number;
}

/**
 * Sends it. Time-out and abort end the wait on every platform, also on one whose `fetch` ignores its signal,
 * and tell the platform to stop.
 */
export async function send(sending: Sending): Promise<Received | Failure> {
  const stop = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let onAbort: (() => void) | undefined;
  const stopped = new Promise<Failure>((resolve) => {
    const end = (failure: Failure) => {
      resolve(failure);
      stop.abort(failure.kind === "aborted" ? failure.reason : undefined);
    };
    if (sending.timeout > 0) {
      timer = setTimeout(() => end({ kind: "timeout" }), sending.timeout);
    }
    onAbort = () => end({ kind: "aborted", reason: sending.signal?.reason });
    sending.signal?.addEventListener("abort", onAbort);
  });
  try {
    return await Promise.race([stopped, exchange(sending, stop.signal)]);
  } finally {
    clearTimeout(timer);
    if (onAbort) sending.signal?.removeEventListener("abort", onAbort);
    stop.abort();
  }
}

async function exchange(sending: Sending, signal: AbortSignal): Promise<Received | Failure> {
  try {
    const { fetch, url, headers, body } = sending;
    const request = { method: "POST", headers, body, redirect: "manual", signal } as const;
    const answer = await fetch(url, request);
    const type = answer.headers.get("Content-Type") ?? "";
    const mediaType = (type.split(";")[0] ?? "").trim().toLowerCase();
    const { bytes, whole } = await readBody(answer, sending.maxBytes);
    const received = { status: answer.status, mediaType, body: bytes };
    return whole ? received : { kind: "tooLarge", ...received };
  } catch (cause) {
    return { kind: "network", cause };
  }
}

/** The body's bytes, or as many as are allowed. */
async function readBody(answer: Response, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  const reader = answer.body?.getReader();
  while (reader && length <= maxBytes) {
    const { done, value } = await reader.read();
    if (done) break;
    chunks.push(value);
    length += value.length;
  }
  const whole = length <= maxBytes;
  if (!whole) await reader?.cancel();
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return { bytes, whole };
}
