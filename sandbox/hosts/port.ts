/** Calls through a MessagePort: each has a number, and its answer bears the same one. */

import { StoreError, type StoreFailure } from "./store-error.ts";

interface Call {
  id: number;
  method: string;
  given: unknown[];
}

type Answer = { id: number; value: unknown } | { id: number; failure: Failure };

/** An error as it crosses: cloned as it is, it would lose its class and its code. */
interface Failure {
  message: string;
  code?: StoreFailure;
}

interface Waiting {
  resolve(value: unknown): void;
  reject(error: Error): void;
}

/** The end that calls. */
export interface Caller {
  call(method: string, ...given: unknown[]): Promise<unknown>;
  /** Fails all calls that wait and all that come. */
  end(why: Error): void;
}

/** Calls through a port. */
export function callThrough(port: MessagePort): Caller {
  const waiting = new Map<number, Waiting>();
  let calls = 0;
  let ended: Error | undefined;
  port.onmessage = ({ data }: MessageEvent<Answer>) => {
    const call = waiting.get(data.id);
    waiting.delete(data.id);
    if ("value" in data) call?.resolve(data.value);
    else call?.reject(errorOf(data.failure));
  };
  return {
    call(method, ...given) {
      if (ended) return Promise.reject(ended);
      const call: Call = { id: calls++, method, given };
      return new Promise((resolve, reject) => {
        waiting.set(call.id, { resolve, reject });
        port.postMessage(call);
      });
    },
    end(why) {
      ended = why;
      port.close();
      for (const { reject } of waiting.values()) reject(why);
      waiting.clear();
    },
  };
}

/** Answers what is called through a port. */
export function answerThrough(
  port: MessagePort,
  answer: (method: string, given: unknown[]) => unknown,
): void {
  port.onmessage = async ({ data: { id, method, given } }: MessageEvent<Call>) => {
    let said: Answer;
    try {
      said = { id, value: await answer(method, given) };
    } catch (error) {
      said = { id, failure: failureOf(error) };
    }
    port.postMessage(said);
  };
}

function failureOf(error: unknown): Failure {
  if (error instanceof StoreError) return { message: error.message, code: error.code };
  return { message: error instanceof Error ? error.message : String(error) };
}

function errorOf({ message, code }: Failure): Error {
  return code ? new StoreError(code, message) : new Error(message);
}
