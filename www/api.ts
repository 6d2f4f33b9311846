/** The page's only door: to the package, and to the sandbox that answers inside the page. */

import {
  type Credential,
  type Explanation,
  explain,
  type Problem,
  ready,
  Tc3Error,
} from "tc3-edge";
import {
  type Cause,
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
  type Verification,
} from "tc3-edge/explain";
import {
  Iotvideo,
  type RefundStorageServiceRequest,
  type StorageOrder,
} from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT, type LedgerEntry, type PooledOrder } from "../sandbox/hosts/engine.ts";
import { type PageSandbox, StoreError, startSandbox } from "../sandbox/hosts/page.ts";
import { SandboxClock } from "./clock.ts";
import { curlLine } from "./curl.ts";
import { openRefunds, type Refunds } from "./refunds.ts";

export { StorageOrderStatus } from "tc3-edge/iotvideo/v20191126";
export {
  describePlan,
  type Progress,
  planSvg,
  type RefundedOrder,
  type RefundPlan,
  type RefundReport,
} from "tc3-edge/refund";
export { StoreError } from "../sandbox/hosts/page.ts";
export type { SandboxClock } from "./clock.ts";
export type { Fault } from "./refunds.ts";
export type {
  Cause,
  Credential,
  Diagnosis,
  Explanation,
  LedgerEntry,
  PooledOrder,
  Problem,
  StorageOrder,
  Verification,
};
export { Tc3Error };

/** The sandbox's invented key pair, which opens nothing else. */
export const SANDBOX_CREDENTIAL: Credential = {
  secretId: DEFAULT_ACCOUNT.secretId,
  secretKey: DEFAULT_ACCOUNT.secretKey,
};

/**
 * The key opens nothing but the sandbox, and the sandbox's `fetch` is the only one: no call leaves the page. It is a
 * function, and hears each call once, as if it knew a repeat by its key.
 */
const IN_PAGE = {
  allowKeyInPage: true,
  allowDirectFromPage: true,
  idempotencyKey: true,
} as const;

/** For what the page buys: a month of continuous recording for an invented camera. */
export const DEVICE = { Tid: "camera-1", StorageRegion: "ap-guangzhou", PkgId: "yc1m3d" } as const;

export const ORDERS_AT_ONCE = 3;

/** A refund as it was typed; an empty text is a member that is not sent. */
export interface RefundCall {
  credential: Credential;
  region: string;
  serviceId: string;
  orderId: string;
  /** In seconds since 1970. */
  timestamp: number;
}

/** A call that was made, and what became of it. */
export interface Exchange {
  action: string;
  /** Absent where nothing was sent. */
  sent?: { timestamp: string; authorization: string; curl: string };
  answer?: { RequestId: string; ServiceId: string };
  error?: Tc3Error;
  /** What it did to orders. */
  effects: LedgerEntry[];
}

/** A request that was pasted, and what is known beside it; what is empty is not known. */
export interface PastedRequest {
  text: string;
  credential: Credential;
  service: string;
  canonicalRequest: string;
  stringToSign: string;
  /** The clock when it arrived, in milliseconds since 1970. */
  now: number;
}

/** What the sandbox holds. */
export interface Standing {
  /** The service that was bought last; empty before. */
  serviceId: string;
  /** Every order of it, finished ones too. */
  orders: StorageOrder[];
  pool: PooledOrder[];
  ledger: LedgerEntry[];
}

/** The sandbox as the page uses it. */
export interface Service {
  /** Why nothing outlives the page; absent where the browser keeps it. */
  notKept?: string;
  clock: SandboxClock;
  /** Refunds that are planned, and carried out with a journal. */
  refunds: Refunds;
  buy(): Promise<Exchange>;
  /** One call, as it was typed. */
  refund(call: RefundCall): Promise<Exchange>;
  standing(): Promise<Standing>;
  /** Every order of a service, finished ones too. */
  orders(serviceId: string): Promise<StorageOrder[]>;
  /** Moves the sandbox's clock on, in milliseconds. */
  advance(ms: number): Promise<void>;
  /** Forgets everything. */
  startAgain(): Promise<void>;
}

/**
 * Starts the sandbox on what the browser has kept, and makes the signer ready.
 *
 * @throws StoreError where another page has it open, or the database is something else's
 */
export async function openService(): Promise<Service> {
  const [{ sandbox, ...kept }] = await Promise.all([openSandbox(), ready()]);
  const clock = new SandboxClock();
  const readClock = async () => {
    const { clock: shown } = (await sandbox.control("status")) as Status;
    clock.set(shown.shownMs - shown.hostMs);
  };
  await readClock();
  const own = {
    credential: SANDBOX_CREDENTIAL,
    region: DEVICE.StorageRegion,
    now: clock.now,
    ...IN_PAGE,
  };
  const client = new Iotvideo({ ...own, fetch: sandbox.fetch });
  const refunds = await openRefunds({ client, sandbox, clock, ...kept });
  const orders = async (serviceId: string) => {
    const asked = { ServiceId: serviceId, GetFinishedOrder: true };
    return (await client.DescribeStorageService(asked)).Data;
  };
  return {
    ...kept,
    clock,
    refunds,
    buy: () =>
      exchange(sandbox, "CreateStorageService", (fetch) =>
        new Iotvideo({ ...own, fetch }).CreateStorageService({
          ...DEVICE,
          OrderCount: ORDERS_AT_ONCE,
        }),
      ),
    refund: (call) =>
      exchange(sandbox, "RefundStorageService", (fetch) =>
        refundClient(call, fetch).RefundStorageService(payload(call)),
      ),
    async standing() {
      const [pool, ledger] = await Promise.all([sandbox.pool(), sandbox.ledger()]);
      const serviceId = ledger.findLast(isPurchase)?.serviceId ?? "";
      return { serviceId, orders: serviceId === "" ? [] : await orders(serviceId), pool, ledger };
    },
    orders,
    async advance(ms) {
      await sandbox.control("setClock", { advance: ms });
      await readClock();
    },
    async startAgain() {
      await Promise.all([sandbox.startAgain(), refunds.forget()]);
      await readClock();
    },
  };
}

/** What is asked of the sandbox's `status`: when the device's clock showed `hostMs`, its own showed `shownMs`. */
interface Status {
  clock: { hostMs: number; shownMs: number };
}

const isPurchase = ({ what }: LedgerEntry) => what === "created" || what === "renewed";

async function openSandbox(): Promise<{ sandbox: PageSandbox; notKept?: string }> {
  try {
    return { sandbox: await startSandbox({ strict: true, keep: "indexeddb" }) };
  } catch (error) {
    if (!(error instanceof StoreError) || error.code !== "unavailable") throw error;
    return { sandbox: await startSandbox({ strict: true }), notKept: error.message };
  }
}

/** Every value on the way to the signature; nothing where the call cannot be signed. */
export function explainRefund(call: RefundCall): Explanation | Problem[] {
  try {
    return explain(call.credential, {
      service: "iotvideo",
      action: "RefundStorageService",
      version: "2019-11-26",
      region: call.region,
      payload: payload(call),
      timestamp: call.timestamp,
    });
  } catch (error) {
    return problemsOf(error);
  }
}

/** What keeps the call from being sent, as the client says it; a call without problems stops here as well. */
export async function checkRefund(call: RefundCall): Promise<Problem[]> {
  const nowhere = () => Promise.reject(new Error("only checked"));
  try {
    await refundClient(call, nowhere).RefundStorageService(payload(call));
    return [];
  } catch (error) {
    return problemsOf(error);
  }
}

/** Why a pasted request was refused; problems where it cannot be judged. */
export async function judge({
  text,
  credential,
  now,
  ...texts
}: PastedRequest): Promise<Diagnosis | Problem[]> {
  const options: DiagnoseOptions = { now };
  if (credential.secretKey !== "") options.credential = credential;
  for (const name of ["service", "canonicalRequest", "stringToSign"] as const) {
    if (texts[name] !== "") options[name] = texts[name];
  }
  try {
    return await diagnose(text, options);
  } catch (error) {
    if (!Tc3Error.is(error)) throw error;
    const problems = problemsOf(error);
    if (problems.length > 0) return problems;
    return [{ path: "subject", code: error.code, message: error.message }];
  }
}

function refundClient(
  { credential, region, timestamp }: RefundCall,
  fetch: typeof globalThis.fetch,
) {
  return new Iotvideo({ credential, region, fetch, now: () => timestamp * 1000, ...IN_PAGE });
}

/** What is empty is left out, also where the service needs it: the check says so. */
function payload({ serviceId, orderId }: RefundCall): RefundStorageServiceRequest {
  const request: Partial<RefundStorageServiceRequest> = {};
  if (serviceId !== "") request.ServiceId = serviceId;
  if (orderId !== "") request.OrderId = orderId;
  return request as RefundStorageServiceRequest;
}

function problemsOf(error: unknown): Problem[] {
  return Tc3Error.is(error) && "problems" in error ? (error.problems as Problem[]) : [];
}

/** Makes a call through a `fetch` that keeps what was signed. */
async function exchange(
  sandbox: PageSandbox,
  action: string,
  call: (fetch: typeof globalThis.fetch) => Promise<{ RequestId: string; ServiceId: string }>,
): Promise<Exchange> {
  const known = (await sandbox.ledger()).length;
  const made: Exchange = { action, effects: [] };
  const fetch: typeof globalThis.fetch = async (input, init) => {
    const headers = new Headers(init?.headers);
    made.sent = {
      timestamp: headers.get("x-tc-timestamp") ?? "",
      authorization: headers.get("authorization") ?? "",
      curl: curlLine({ url: String(input), headers, body: textOf(init?.body) }),
    };
    const answer = await sandbox.fetch(input, init);
    // From it the client would correct the time that the person chose.
    answer.headers.delete("Date");
    return answer;
  };
  try {
    made.answer = await call(fetch);
  } catch (error) {
    if (!Tc3Error.is(error)) throw error;
    made.error = error;
  }
  made.effects = (await sandbox.ledger()).slice(known);
  return made;
}

/** The client sends texts, or the bytes of one. */
function textOf(body: RequestInit["body"] | undefined): string {
  return body instanceof Uint8Array ? new TextDecoder().decode(body) : String(body ?? "");
}
