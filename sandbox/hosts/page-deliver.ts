/** Gives an answer to a page's `fetch`, or what a fault leaves of it. */

import type { SandboxAnswer } from "./engine.ts";

/** With these a Response may have no body. */
const BODILESS = [204, 205, 304];

/** @throws TypeError where nothing arrives, as the platform's `fetch` has it, and the signal's reason once it is aborted */
export async function respond(answer: SandboxAnswer, signal: AbortSignal): Promise<Response> {
  const { status, headers, body, delivery } = answer;
  const whole = () => new Response(BODILESS.includes(status) ? null : body, { status, headers });
  if (delivery === undefined) return whole();
  if (delivery === "cut") throw new TypeError("the sandbox cut the connection");
  if (delivery === "hang") return untilAborted(signal, () => {});
  if ("late" in delivery) {
    await untilAborted<void>(signal, (resolve) => void setTimeout(resolve, delivery.late));
    return whole();
  }
  const bytes = new TextEncoder().encode(body);
  if (delivery.truncate >= bytes.length) return whole();
  return new Response(cutBehind(bytes.subarray(0, delivery.truncate)), { status, headers });
}

/** A promise that a signal ends first. */
export function untilAborted<T>(
  signal: AbortSignal,
  work: (resolve: (value: T) => void, reject: (error: unknown) => void) => void,
): Promise<T> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    work(resolve, reject);
  });
}

/** A body that breaks off: an error drops what waits to be read, so it comes only once the bytes were. */
function cutBehind(bytes: Uint8Array): ReadableStream<Uint8Array> {
  let given = false;
  return new ReadableStream(
    {
      pull(controller) {
        if (given || bytes.length === 0) {
          controller.error(new TypeError("the sandbox cut the connection"));
        } else controller.enqueue(bytes);
        given = true;
      },
    },
    { highWaterMark: 0 },
  );
}
