/** What every host shares: the sandbox's module behind plain types. It knows no platform. */

import type { SandboxModule } from "../../build/sandbox.js";

/** A key pair that the sandbox knows, and whose it is. */
export interface Account {
  secretId: string;
  secretKey: string;
  account: string;
}

/** What a host may choose. */
export interface SandboxOptions {
  /** @default one account, `sandbox-secret-id` */
  accounts?: Account[];
  /** Takes requests as the documentation has them, with no tolerance for official clients. @default false */
  strict?: boolean;
  /** From which ids are made; drawn at random where it is not given. */
  seed?: number;
  /** The sandbox's clock, in milliseconds since 1970. @default Date.now */
  now?: () => number;
}

/** The account that is there where none is named; the key is invented and known to everybody. */
export const DEFAULT_ACCOUNT: Account = {
  secretId: "sandbox-secret-id",
  secretKey: "sandbox-secret-key",
  account: "sandbox",
};

/** A request as it arrived. */
export interface SandboxRequest {
  method: string;
  /** Path and query, as they were sent. */
  target: string;
  headers: [name: string, value: string][];
  body: Uint8Array;
}

/** What the sandbox did with a request, for a log; it holds no secret and no signature. */
export interface Note {
  requestId: string;
  /** Empty where no account was found. */
  account: string;
  action: string;
  /** `ok`, or the error's code. */
  outcome: string;
  /** The departure of an official client that was borne with; empty for none. */
  tolerance: string;
  /** Whether the answer only has the right form: the sandbox does not do this action. */
  specimen: boolean;
}

/** The sandbox's answer to one request. */
export interface SandboxAnswer {
  status: number;
  headers: [name: string, value: string][];
  body: string;
  note: Note;
}

/** A line of the ledger: what became of an order, in the order in which it happened. */
export interface LedgerEntry {
  atMs: number;
  requestId: string;
  account: string;
  action: string;
  /** `bought`, `takenFromPool`, `returnedToPool`, `madeVoid`, … */
  what: string;
  orderId?: string;
  serviceId?: string;
  pkgId?: string;
  /** For an order that was taken from the pool: the one that had returned. */
  origin?: string;
}

/** A paid order that waits to be used. */
export interface PooledOrder {
  orderId: string;
  pkgId: string;
}

/** The sandbox as a host holds it. */
export interface Engine {
  handle(request: SandboxRequest): SandboxAnswer;
  /** Everything that happened to orders. */
  ledger(): LedgerEntry[];
  /** The pool of an account. @default the first account's */
  pool(account?: string): PooledOrder[];
}

/** Wraps a module that a host has loaded. */
export function startEngine(
  module: new (options: object) => SandboxModule,
  options: SandboxOptions,
): Engine {
  const { accounts = [DEFAULT_ACCOUNT], strict = false, now = Date.now } = options;
  const seed = options.seed ?? crypto.getRandomValues(new Uint32Array(1))[0];
  const sandbox = new module({ accounts, strict, seed });
  return {
    handle({ method, target, headers, body }) {
      return sandbox.handle(method, target, headers, body, now()) as SandboxAnswer;
    },
    ledger: () => sandbox.ledger() as LedgerEntry[],
    pool: (account = accounts[0]?.account ?? "") => sandbox.pool(account) as PooledOrder[],
  };
}
