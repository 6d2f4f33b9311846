/** What every host shares: the sandbox's module behind plain types. It knows no platform. */

import type { SandboxModule } from "../../build/sandbox.js";
import { Recorder, type Recording } from "./record.ts";
import { MemoryStore, type Store } from "./store.ts";

/** A key pair that the sandbox knows, and whose it is. */
export interface Account {
  secretId: string;
  secretKey: string;
  account: string;
  /** Of a temporary key: what must be sent as X-TC-Token. */
  token?: string;
  /** When it expires, in milliseconds since 1970 by the sandbox's clock. */
  expiresAt?: number;
  /** Actions that it may not call; `*` for every one. */
  denied?: string[];
}

/** What a host may choose. */
export interface SandboxOptions {
  /** @default one account, `sandbox-secret-id` */
  accounts?: Account[];
  /** Takes requests as the documentation has them, with no tolerance for official clients. @default false */
  strict?: boolean;
  /** Lets everybody call as often as they like; else the documented rates hold. @default false */
  unlimited?: boolean;
  /** Executes an `Idempotency-Key` once; the service knows none. @default false */
  idempotencyKey?: boolean;
  /** What becomes of an order that returned to the pool (assumption 9). @default "listed" */
  returned?: "listed" | "gone" | "otherId" | "sameId";
  /** From which ids are made; drawn at random where it is not given. */
  seed?: number;
  /** The host's clock, in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** Where what happened is kept. @default in memory */
  store?: Store;
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
  /** How a fault wants it sent: not at all, its first bytes only, or so many milliseconds later. */
  delivery?: "cut" | "hang" | { truncate: number } | { late: number };
}

/** A line of the ledger. Of an order, what became of it; others have members of their own. */
export interface LedgerEntry {
  /** By the sandbox's clock, in milliseconds since 1970. */
  atMs: number;
  requestId: string;
  account: string;
  action: string;
  /** `bought`, `takenFromPool`, `returnedToPool`, `madeVoid`, … or `attempted` for every call that was signed rightly. */
  what: string;
  orderId?: string;
  serviceId?: string;
  pkgId?: string;
  /** For an order that was taken from the pool, or moved: the id that it had before. */
  origin?: string;
  /** Of an attempt: `ok`, or the code that was answered. */
  outcome?: string;
}

/** A paid order that waits to be used. */
export interface PooledOrder {
  orderId: string;
  pkgId: string;
  /** The service that it came from. */
  serviceId: string;
}

/** The sandbox as a host holds it. */
export interface Engine {
  /** Answers a request, once what it did is kept. */
  handle(request: SandboxRequest): Promise<SandboxAnswer>;
  /**
   * Carries out what a tester asks for (sandbox/README.md), once it is kept.
   *
   * @throws Error that says what is wrong with it
   */
  control(command: string, members?: object): Promise<unknown>;
  /** Everything that happened, attempts only when asked for; no key's secrets. */
  ledger(asked?: { attempts?: boolean }): Promise<LedgerEntry[]>;
  /** The pool of an account. @default the first account's */
  pool(account?: string): PooledOrder[];
  /** Goes on from what `control("export")` gave; everything before is forgotten. */
  restore(state: object): Promise<void>;
  /** Forgets everything, as if nothing had been kept when it was started. */
  startAgain(): Promise<void>;
  /** Begins to record a session; faults that wait are taken away. */
  record(): void;
  /** What was recorded; it ends. */
  recording(): Recording;
  /** Waits until all is kept, and lets go of the store. */
  close(): Promise<void>;
}

/** What a host has loaded. */
export interface SandboxWasm {
  SandboxModule: new (options: string) => SandboxModule;
  shown(line: string): string;
}

/** Starts a sandbox on what its store has kept. */
export async function startEngine(
  { SandboxModule, shown }: SandboxWasm,
  options: SandboxOptions = {},
): Promise<Engine> {
  const {
    accounts = [DEFAULT_ACCOUNT],
    now = Date.now,
    store = new MemoryStore() as Store,
  } = options;
  const {
    strict = false,
    unlimited = false,
    idempotencyKey = false,
    returned = "listed",
  } = options;
  const seed = options.seed ?? crypto.getRandomValues(new Uint32Array(1))[0];
  const chosen = { accounts, seed, strict, unlimited, idempotencyKey, returned };
  const sandbox = new SandboxModule(JSON.stringify(chosen));
  const empty = sandbox.snapshot();
  const { state, lines } = await store.open();
  if (state !== undefined) sandbox.restore(state);
  let sinceState = 0;
  for (const some of inGroups(lines, 1000)) {
    sandbox.replay(`[${some}]`);
    sinceState += some.length;
  }

  const recorder = new Recorder();
  const { stateEvery = Number.POSITIVE_INFINITY } = store;
  /** One after the other; and none behind one that failed, since the sandbox then knows more than a restart does. */
  let kept = Promise.resolve();
  const inTurn = (work: () => void | Promise<void>): Promise<void> => {
    kept = kept.then(work);
    return kept;
  };
  const keep = (events: string[]): Promise<void> => {
    sinceState += events.length;
    // Taken at once: by its turn, calls behind this one have changed the sandbox, and their lines would count twice.
    // A state grows with its lines: kept at equal distances, all of them together would grow with the square.
    const distance = Math.max(stateEvery, sandbox.lines() / 10);
    const due = store.keepState && sinceState >= distance ? sandbox.snapshot() : undefined;
    if (due !== undefined) sinceState = 0;
    return inTurn(async () => {
      if (events.length > 0) await store.append(events);
      if (due !== undefined) await store.keepState?.(due);
    });
  };
  const goOnFrom = (text: string): Promise<void> => {
    sandbox.restore(text);
    sinceState = 0;
    return inTurn(() => store.replace(text));
  };
  return {
    async handle({ method, target, headers, body }) {
      const at = now();
      const [text = "", ...events] = sandbox.handle(method, target, headers, body, at);
      const { dateMs, ...answer } = JSON.parse(text);
      answer.headers.push(["Date", new Date(dateMs).toUTCString()]);
      recorder.keepCall(at, { method, target, headers, body }, answer);
      await keep(events);
      return answer;
    },
    async control(command, members = {}) {
      const at = now();
      const [answer = "", ...events] = sandbox.control(command, JSON.stringify(members), at);
      recorder.keepCommand(at, command, members, answer);
      await keep(events);
      return JSON.parse(answer);
    },
    async ledger({ attempts = false } = {}) {
      const entries = Array.from(await store.lines(), (line) => JSON.parse(shown(line)));
      return attempts ? entries : entries.filter(({ what }) => what !== "attempted");
    },
    pool: (account = accounts[0]?.account ?? "") => JSON.parse(sandbox.pool(account)),
    async restore(state) {
      await goOnFrom(JSON.stringify(state));
    },
    startAgain: () => goOnFrom(empty),
    record() {
      const state = sandbox.snapshot();
      sandbox.restore(state);
      recorder.begin(chosen, state);
    },
    recording: () => recorder.end(),
    async close() {
      await kept.catch(() => {});
      await store.close();
    },
  };
}

/** The texts in groups of so many. */
function* inGroups(texts: Iterable<string>, size: number): Generator<string[]> {
  let group: string[] = [];
  for (const text of texts) {
    if (group.push(text) < size) continue;
    yield group;
    group = [];
  }
  if (group.length > 0) yield group;
}
