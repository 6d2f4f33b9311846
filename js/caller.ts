/** One call from its members to its answer: prepared by the core, sent, and judged by the core. */

import { run, start, tableNumber, takeProblems } from "./core.ts";
import type { DryRun } from "./dry-run.ts";
import { CredentialError, type Problem, ValidationError } from "./errors.ts";
import type { Form, MakeForm } from "./form.ts";
import { decodeHeaders, encodeHead, type HeadMembers } from "./head.ts";
import { type Warning, warn } from "./hooks.ts";
import { INTEGERS } from "./integers.ts";
import { readMarked } from "./json.ts";
import { clientCore } from "./load/client.ts";
import { type CallOptions, type ReadClientOptions, readCallOptions } from "./options.ts";
import { moduleBroke, notTheProtocol, orFailure, refusal, type SentCall } from "./outcome.ts";
import { refuseDirect } from "./page.ts";
import { problemsError, wrong } from "./problems.ts";
import { type Answer, type Opened, open, readAll } from "./send.ts";

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
  digest?(form: Form): Promise<string | undefined>;
  /** What is handed through in place of an answer that the core reads. */
  bytes?(answer: Answer): Uint8Array | undefined;
  /** What keeps it from being sent, whatever the core's check finds. */
  problems?: Problem[];
}

/** The number that says that a call was not checked against a table. */
const NO_TABLE = 0xffff_ffff;

/** A call whose every value was read. */
export interface Drafted {
  client: ReadClientOptions;
  call: Call;
  options: CallOptions;
  makeForm: MakeForm;
  withDryRun: MakeForm | undefined;
}

/** A request that was checked and signed. */
export interface Ready {
  /** `reads`, `writes`, `dryRun`, or `nothing` where it must not be sent. */
  effect: string;
  form: Form;
  url: string;
  headers: Record<string, string>;
  sentAt: number;
}

/** A call that was sent. */
export interface Sent extends SentCall {
  effect: string;
  answer: Opened;
}

/** Makes one call and gives its answer, or what a dry run found. */
export async function makeCall(
  client: ReadClientOptions,
  call: Call,
  options: CallOptions = {},
): Promise<unknown> {
  const drafted = draft(client, call, options);
  const ready = await prepare(drafted);
  if (ready.effect === "nothing") return notSent(ready);
  const sent = await send(drafted, ready);
  return conclude(drafted, sent, await readWhole(drafted, sent));
}

/** Reads the whole call at once: what the caller changes while it waits is not sent. */
export function draft(client: ReadClientOptions, call: Call, given: CallOptions): Drafted {
  const options = readCallOptions(given);
  options.signal?.throwIfAborted();
  const makeForm = call.draft();
  const withDryRun = options.dryRun ? call.draftDryRun?.() : undefined;
  return { client, call, options, makeForm, withDryRun };
}

/** The request, checked and signed; or without a signature, where it must not be sent. */
export async function prepare(drafted: Drafted): Promise<Ready> {
  const { client, call, options, makeForm, withDryRun } = drafted;
  await start(clientCore);
  const form = await (withDryRun && takesDryRun(call) ? withDryRun : makeForm)(clientCore);
  const sentAt = (client.now ?? Date.now)();
  if (typeof sentAt !== "number") throw wrong("now", "must give milliseconds since 1970", "Type");
  const payloadHash = await call.digest?.(form);
  const members: HeadMembers = {
    ...client,
    ...call,
    ...call.head,
    ...options,
    timestamp: Math.floor(sentAt / 1000),
    ...(payloadHash && { payloadHash }),
  };
  const { parts, count, timestamp, length } = encodeHead(client.credential, members, form);
  const number = numberOf(call);
  const check = () =>
    run(clientCore, parts, (module, head, key, payload) =>
      module.prepare(number, head, count, key, payload, timestamp, length),
    );
  const [effect = "", ...values] = call.problems?.length ? refuse(call.problems, check) : check();
  tell(drafted, takeProblems(values), { about: "request" });
  const [url = "", ...headers] = values;
  return { effect, form, url, headers: decodeHeaders(headers), sentAt };
}

/** Sends it; `lasting` says that its answer is a stream. */
export async function send(drafted: Drafted, ready: Ready, lasting = false): Promise<Sent> {
  const { client, call, options } = drafted;
  const { effect, form, url, headers, sentAt } = ready;
  if (!client.allowDirectFromPage) refuseDirect(url, globalThis);
  options.signal?.throwIfAborted();
  const { action, reads } = call;
  const sent = { action, onlyReads: reads || effect !== "writes", sentAt, effect };
  const opened = open({
    // Called without a receiver, as a page's own fetch wants it.
    fetch: client.fetch ?? globalThis.fetch,
    method: form.method,
    url,
    headers,
    body: form.body,
    timeout: options.timeout ?? client.timeout,
    signal: options.signal,
    lasting,
  });
  return { ...sent, answer: await orFailure(sent, opened) };
}

export function readWhole({ client }: Drafted, sent: Sent): Promise<Answer> {
  return orFailure(sent, readAll(sent.answer, client.maxResponseBytes));
}

/** What an answer means. */
export function conclude(drafted: Drafted, sent: Sent, answer: Answer): unknown {
  const [kind, ...values] = judge(drafted, sent, answer);
  const [first = ""] = values;
  if (kind === "refused") throw refusal(sent, answer, values);
  if (kind === "dryRun") return { dryRun: true, sent: true, requestId: first } satisfies DryRun;
  if (kind === "notDry") {
    const message = "a dry run was answered as a call that was really made";
    throw notTheProtocol({ ...sent, onlyReads: false }, message, answer);
  }
  const bytes = drafted.call.bytes?.(answer);
  if (bytes) return bytes;
  if (kind === "defect") throw notTheProtocol(sent, first, answer);
  const warnings = takeProblems(values);
  const text = values.join("\0");
  const result = kind === "exact" ? readMarked(text) : JSON.parse(text);
  tell(drafted, warnings, { about: "answer", requestId: result.RequestId });
  return result;
}

function judge({ client, call }: Drafted, sent: Sent, answer: Answer): string[] {
  try {
    const number = numberOf(call);
    const integers = INTEGERS[client.integers];
    const isDry = sent.effect === "dryRun";
    return run(clientCore, [call.action, answer.body], (module, action, body) =>
      module.conclude(number, action, body, answer.status, isDry, call.reads, integers),
    );
  } catch (cause) {
    throw moduleBroke(sent, cause);
  }
}

function takesDryRun(call: Call): boolean {
  const number = numberOf(call);
  const [takes] = run(clientCore, [call.action], (module, action) =>
    module.takes_dry_run(number, action),
  );
  return takes === "true";
}

function numberOf({ table }: Call): number {
  return table === undefined ? NO_TABLE : tableNumber(clientCore, table);
}

/** Tells the client's hooks and the call's. */
function tell(
  { client, call: { service, action }, options }: Drafted,
  warnings: Problem[],
  more: Pick<Warning, "about" | "requestId">,
): void {
  const told = warnings.map((warning) => ({ ...warning, service, action, ...more }));
  warn(told, client.hooks, options.hooks);
}

/** Throws these problems, with those that the core finds beside them. */
function refuse(problems: Problem[], check: () => unknown): never {
  try {
    check();
  } catch (error) {
    if (!(error instanceof ValidationError || error instanceof CredentialError)) throw error;
    throw problemsError([...problems, ...error.problems]);
  }
  throw problemsError(problems);
}

function notSent({ form, url, headers }: Ready): DryRun {
  const { method, body } = form;
  const request = { method, url, headers, ...(body === undefined ? {} : { body }) };
  return { dryRun: true, sent: false, request };
}
