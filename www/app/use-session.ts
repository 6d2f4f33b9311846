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
  /** Moves the sandbox's clock on, in milliseconds. */
  advance(ms: number): Promise<void>;
  /** Reads what the sandbox holds, since somebody else called it. */
  refresh(): Promise<void>;
  /** Forgets everything. */
  startAgain(): Promise<void>;
}

export function useSession(service: Service, found: Standing): Session {
  const [state, setState] = useState<State>({ ...found, calls: 0 });
  const busy = useRef(false);

  const stop = ({ message }: Error) => setState((before) => ({ ...before, stopped: message }));
  /** One at a time: a second press while one is under way does nothing. */
  const alone = async <T>(work: () => Promise<T>): Promise<T | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    try {
      return await work();
    } catch (error) {
      stop(error as Error);
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
  const read = async () => {
    const standing = await service.standing();
    setState((before) => ({ ...before, ...standing }));
  };
  return {
    ...state,
    advance: (ms) =>
      alone(async () => {
        await service.advance(ms);
        await read();
      }),
    refresh: () => read().catch(stop),
    buy: async () => (await run(() => service.buy()))?.answer?.ServiceId,
    refund: async (call) => void (await run(() => service.refund(call))),
    startAgain: () =>
      alone(async () => {
        await service.startAgain();
        setState({ ...(await service.standing()), calls: 0 });
      }),
  };
}
