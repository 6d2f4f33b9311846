/** What carries the request of one try to the platform, and what it knows of the way. */

/** One try's. */
export interface Carrier {
  fetch: typeof fetch;
  /** Whether one request has left and no other: some platforms send a POST twice by themselves. */
  sentOnce(): boolean;
  /** Whether a failure of `fetch` proves that nothing has left. */
  neverLeft(cause: unknown): boolean;
}

/** Makes one for a call that `writes`, or does not. */
export type MakeCarrier = (writes: boolean) => Carrier;

/** The caller's own `fetch`: nothing is known of it but what its errors say of themselves. */
export function injected(fetch: Carrier["fetch"]): Carrier {
  return {
    fetch,
    sentOnce: () => false,
    neverLeft: (cause) => (cause as { notSent?: unknown } | undefined)?.notSent === true,
  };
}
