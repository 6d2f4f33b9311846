/** What happened in the sandbox so far: the service that was bought, its orders, the pool, the last exchange. */

import { useRef, useState } from "preact/hooks";
import type { Exchange, RefundCall, Service, Standing } from "../api.ts";

interface State extends Standing {
  /** The last call; absent before the first. */
  last?: Exchange;
  /** The last request that was sent, as a curl line. */
  lastSent?: string;
  /** How many calls were made. */
  calls: number;
  /** Why the sandbox does nothing more; absent while it does. */
  stopped?: string;
}

export interface Session extends State {
  /** Gives the service's id, or nothing where it was refused. */
  buy(): Promise<string | undefined>;
  refund(call: RefundCall): Promise<void>;
  /** Forgets everything. */
  startAgain(): Promise<void>;
}

export function useSession(service: Service, found: Standing): Session {
  const [state, setState] = useState<State>({ ...found, calls: 0 });
  const busy = useRef(false);

  /** One at a time: a second press while one is under way does nothing. */
  const alone = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    try {
      return await work();
    } catch (error) {
      setState((before) => ({ ...before, stopped: (error as Error).message }));
      return undefined;
    } finally {
      busy.current = false;
    }
  };
  const run = (call: () => Promise<Exchange>) =>
    alone(async () => {
      const last = await call();
      const standing = await service.standing();
      setState((before) => ({
        ...before,
        ...standing,
        last,
        ...(last.sent && { lastSent: last.sent.curl }),
        calls: before.calls + 1,
      }));
      return last;
    });
  return {
    ...state,
    buy: async () => (await run(() => service.buy()))?.answer?.ServiceId,
    refund: async (call) => void (await run(() => service.refund(call))),
    startAgain: () =>
      alone(async () => {
        await service.startAgain();
        setState({ ...(await service.standing()), calls: 0 });
      }),
  };
}
