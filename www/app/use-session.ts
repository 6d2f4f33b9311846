/** What happened in the sandbox so far: the service that was bought, its orders, the pool, the last exchange. */

import { useRef, useState } from "preact/hooks";
import type {
  Exchange,
  LedgerEntry,
  PooledOrder,
  RefundCall,
  Service,
  StorageOrder,
} from "../api.ts";

export interface Session {
  /** The service that was bought last; empty before. */
  serviceId: string;
  orders: StorageOrder[];
  pool: PooledOrder[];
  ledger: LedgerEntry[];
  /** The last call; absent before the first. */
  last?: Exchange;
  /** The last request that was sent, as a curl line. */
  lastSent?: string;
  /** How many calls were made. */
  calls: number;
  /** Gives the service's id, or nothing where it was refused. */
  buy(): Promise<string | undefined>;
  refund(call: RefundCall): Promise<void>;
}

type State = Omit<Session, "buy" | "refund">;

export function useSession(service: Service): Session {
  const [state, setState] = useState<State>({
    serviceId: "",
    orders: [],
    pool: [],
    ledger: [],
    calls: 0,
  });
  const busy = useRef(false);

  /** One call at a time: a second press while one is under way does nothing. */
  const run = async (call: () => Promise<Exchange>): Promise<Exchange | undefined> => {
    if (busy.current) return undefined;
    busy.current = true;
    try {
      const last = await call();
      const bought = last.action === "CreateStorageService" && last.answer;
      const serviceId = bought ? bought.ServiceId : state.serviceId;
      const orders = serviceId ? await service.orders(serviceId) : [];
      const [pool, ledger] = await Promise.all([service.pool(), service.ledger()]);
      setState((before) => ({
        ...before,
        ...{ serviceId, orders, pool, ledger, last },
        ...(last.sent && { lastSent: last.sent.curl }),
        calls: before.calls + 1,
      }));
      return last;
    } finally {
      busy.current = false;
    }
  };
  return {
    ...state,
    buy: async () => (await run(() => service.buy()))?.answer?.ServiceId,
    refund: async (call) => void (await run(() => service.refund(call))),
  };
}
