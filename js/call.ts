/** A call before it is sent: every value read at once, and what each of its tries has in common. */

import { run, start, tableNumber } from "./core.ts";
import type { Problem } from "./errors.ts";
import type { Form, MakeForm } from "./form.ts";
import type { HeadMembers } from "./head.ts";
import { clientCore } from "./load/client.ts";
import type { ReadCallOptions, ReadClientOptions } from "./options.ts";
import type { Answer } from "./send.ts";
import { type Target, targetOf } from "./targets.ts";
import { type Patience, within } from "./wait.ts";

/** A call, as the clients hand it over. */
export interface Call {
  service: string;
  version: string;
  action: string;
  /** The service version's table; without one the call is not checked. */
  table?: string;
  reads: boolean;
  head?: HeadMembers;
  /** Reads what is sent. */
  draft(): MakeForm;
  /** The same with `DryRun`, where an action may take it and it can be added. */
  draftDryRun?(): MakeForm | undefined;
  /** The digest of its body, where the core need not make it. */
  digest?(form: Form): Promise<string> | string | undefined;
  /** What is handed through in place of an answer that the core reads. */
  bytes?(answer: Answer): Uint8Array | undefined;
  /** What keeps it from being sent, whatever the core's check finds. */
  problems?: Problem[];
}

/** A call whose every value was read. */
export interface Drafted {
  client: ReadClientOptions;
  call: Call;
  options: ReadCallOptions;
  makeForm: MakeForm;
  withDryRun: MakeForm | undefined;
}

/** A call as it is sent, once or more. */
export interface Made extends Drafted {
  patience: Patience;
  form: Form;
  /** Further headers. */
  headers: Record<string, string>;
  target: Target;
  /** Whether its action only reads. */
  reads: boolean;
  facts: Facts;
}

/** What a table says of an action. */
export interface Facts {
  /** Of its row, by which the core finds it at once. */
  place: number;
  /** How often it may be sent in a second; 0 where no limit is known. */
  perSecond: number;
  takesDryRun: boolean;
  reads: boolean;
}

/** The number that says that there is none: no table against which a call is checked, no row. */
const NONE = 0xffff_ffff;

const IDEMPOTENCY_KEY = "Idempotency-Key";

/** Reads the whole call: what the caller changes while it waits is not sent. */
export function draft(client: ReadClientOptions, call: Call, options: ReadCallOptions): Drafted {
  options.signal?.throwIfAborted();
  const makeForm = call.draft();
  const withDryRun = options.dryRun ? call.draftDryRun?.() : undefined;
  return { client, call, options, makeForm, withDryRun };
}

/** Makes what its tries have in common: what is sent is the same each time. Its time begins. */
export async function make(drafted: Drafted): Promise<Made> {
  const { client, call, options, makeForm, withDryRun } = drafted;
  const { signal, timeout = client.timeout } = options;
  const patience = { signal, until: timeout > 0 ? performance.now() + timeout : Infinity };
  const starting = start(clientCore);
  if (starting) await within(starting, patience);
  const facts = factsOf(call);
  const makes = withDryRun && facts.takesDryRun ? withDryRun : makeForm;
  const making = makes(clientCore);
  const form = making instanceof Promise ? await within(making, patience) : making;
  const reads = call.reads || facts.reads;
  const headers = { ...call.head?.headers };
  if (client.idempotencyKey && !reads) headers[IDEMPOTENCY_KEY] ??= newKey();
  const target = targetOf(`${call.service}.${call.action}`, form);
  // One by one: a copy of what was drafted takes longer than a signature's hashes.
  // biome-ignore format: as above
  return { client, call, options, makeForm, withDryRun, patience, form, headers, target, reads, facts };
}

/** Of each table, by action: they are asked for with every call, and stay. */
const known = new Map<string, Map<string, Facts>>();

const NO_FACTS: Facts = { place: NONE, perSecond: 0, takesDryRun: false, reads: false };

function factsOf(call: Call): Facts {
  const { table, action } = call;
  if (table === undefined) return NO_FACTS;
  const ofTable = known.get(table) ?? new Map<string, Facts>();
  known.set(table, ofTable);
  const before = ofTable.get(action);
  if (before) return before;
  const number = numberOf(call);
  const [place, perSecond, takesDryRun, reads] = run(clientCore, [action], (module, name) =>
    module.action_facts(number, name),
  );
  const facts = {
    place: Number(place || NONE),
    perSecond: Number(perSecond),
    takesDryRun: takesDryRun === "true",
    reads: reads === "true",
  };
  ofTable.set(action, facts);
  return facts;
}

/** The number by which the core knows the table of a call. */
export function numberOf({ table }: Call): number {
  return table === undefined ? NONE : tableNumber(clientCore, table);
}

/** Drawn here, since it needs no rule of the core's. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
