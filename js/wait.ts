/** Waiting that a call's signal and its time can end. */

/** Ended by its time. */
export const TIME_IS_UP = Symbol();

/** How long a call may take. */
export interface Patience {
  signal: AbortSignal | undefined;
  /** By `performance.now()`; `Infinity` for ever. */
  until: number;
}

/** How long is left, in milliseconds. */
export function left({ until }: Patience): number {
  return until - performance.now();
}

/**
 * What `work` gives, unless the patience ends before.
 *
 * @throws the signal's reason, or TIME_IS_UP
 */
export async function within<T>(work: PromiseLike<T>, patience: Patience): Promise<T> {
  const { signal } = patience;
  signal?.throwIfAborted();
  let end: () => void = () => {};
  const ended = new Promise<never>((_, reject) => {
    const onAbort = () => reject(signal?.reason);
    signal?.addEventListener("abort", onAbort);
    const rest = left(patience);
    const timer = rest === Infinity ? undefined : setTimeout(() => reject(TIME_IS_UP), rest);
    end = () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", onAbort);
    };
  });
  try {
    return await Promise.race([work, ended]);
  } finally {
    end();
  }
}

/** Waits so many milliseconds. */
export async function pause(ms: number, patience: Patience): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  try {
    await within(over, patience);
  } finally {
    clearTimeout(timer);
  }
}
