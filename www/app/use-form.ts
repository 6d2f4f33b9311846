/** What was typed into the form, which of it was touched, and the call that it makes. */

import { useMemo, useState } from "preact/hooks";
import { DEVICE, type RefundCall, SANDBOX_CREDENTIAL, type SandboxClock } from "../api.ts";
import { readSeconds } from "./time.ts";
import { useSeconds } from "./use-seconds.ts";

/** The form's texts by name. */
export interface Values {
  secretId: string;
  secretKey: string;
  region: string;
  serviceId: string;
  orderId: string;
  /** Counts only where the clock is fixed. */
  timestamp: string;
}

export type Name = keyof Values;

const NAMES: Name[] = ["secretId", "secretKey", "region", "serviceId", "orderId", "timestamp"];

/** The form as its fields use it. */
export interface Form {
  values: Values;
  /** Whether the timestamp stands still. */
  fixed: boolean;
  touched: ReadonlySet<Name>;
  call: RefundCall;
  set(name: Name, value: string): void;
  setFixed(fixed: boolean): void;
  /** Fills in what to refund. */
  choose(serviceId: string, orderId: string): void;
  touchAll(): void;
}

/** A form that begins with a service to refund; empty for none. Now is what the sandbox's clock shows. */
export function useForm(firstServiceId: string, clock: SandboxClock): Form {
  const [values, setValues] = useState<Values>(() => ({
    ...SANDBOX_CREDENTIAL,
    region: DEVICE.StorageRegion,
    serviceId: firstServiceId,
    orderId: "",
    timestamp: "",
  }));
  const [fixed, setFixed] = useState(false);
  const [touched, setTouched] = useState<ReadonlySet<Name>>(new Set());
  const now = useSeconds(clock, !fixed);
  const { secretId, secretKey, region, serviceId, orderId } = values;
  const timestamp = fixed ? readSeconds(values.timestamp) : now;
  const call = useMemo<RefundCall>(
    () => ({ credential: { secretId, secretKey }, region, serviceId, orderId, timestamp }),
    [secretId, secretKey, region, serviceId, orderId, timestamp],
  );
  return {
    values,
    fixed,
    touched,
    call,
    set(name, value) {
      setValues((before) => ({ ...before, [name]: value }));
      setTouched((before) => new Set(before).add(name));
    },
    setFixed(next) {
      setFixed(next);
      if (next) setValues((before) => ({ ...before, timestamp: String(now) }));
    },
    choose: (serviceId, orderId) => setValues((before) => ({ ...before, serviceId, orderId })),
    touchAll: () => setTouched(new Set(NAMES)),
  };
}
