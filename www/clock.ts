/** The sandbox's clock as the page reads it: the device's, and so much ahead of it. */

export class SandboxClock {
  #ahead = 0;
  readonly #told = new Set<() => void>();

  /** In milliseconds since 1970. */
  readonly now = (): number => Date.now() + this.#ahead;

  /** Says how far the sandbox's clock is ahead, in milliseconds. */
  set(ahead: number): void {
    this.#ahead = ahead;
    for (const tell of this.#told) tell();
  }

  /** Tells whenever the clock was set; gives what ends that. */
  readonly onSet = (tell: () => void): (() => void) => {
    this.#told.add(tell);
    return () => void this.#told.delete(tell);
  };

  /** Waits until so many milliseconds have passed on this clock: by itself, or because it was moved on. */
  readonly wait = (ms: number, signal?: AbortSignal): Promise<void> => {
    const until = this.now() + ms;
    return new Promise((resolve, reject) => {
      let timer: ReturnType<typeof setTimeout>;
      const end = () => {
        clearTimeout(timer);
        stop();
        signal?.removeEventListener("abort", aborted);
      };
      const aborted = () => {
        end();
        reject(signal?.reason);
      };
      const look = () => {
        clearTimeout(timer);
        const rest = until - this.now();
        if (rest > 0) {
          timer = setTimeout(look, rest);
          return;
        }
        end();
        resolve();
      };
      const stop = this.onSet(look);
      signal?.addEventListener("abort", aborted);
      if (signal?.aborted) aborted();
      else look();
    });
  };
}
