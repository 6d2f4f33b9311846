/** One call from its members to its answer: prepared by the core, sent, and judged by the core. */

import { decoder } from "./bytes.ts";
import { fork, type Part, run, start, tableNumber, takeProblems } from "./core.ts";
import { digest } from "./digest.ts";
import type { DryRun } from "./dry-run.ts";
import { CredentialError, type Problem, ValidationError } from "./errors.ts";
import { readEvents, type StreamEvent } from "./events.ts";
import {
  type AsyncFormInput,
  type Draft,
  draftForm,
  type Form,
  finishForm,
  readBlobs,
} from "./form.ts";
import { decodeHeaders, encodeHead, type HeadMembers } from "./head.ts";
import { type Warning, warn } from "./hooks.ts";
import { INTEGERS, type Integers } from "./integers.ts";
import { readMarked } from "./json.ts";
import { clientCore } from "./load/client.ts";
import {
  type CallOptions,
  type ClientOptions,
  type ReadClientOptions,
  readCallOptions,
  readClientOptions,
} from "./options.ts";
import { failure, moduleBroke, notTheProtocol, refusal, type SentCall } from "./outcome.ts";
import { refuseDirect } from "./page.ts";
import { problemsError, wrong } from "./problems.ts";
import { type Answer, Failure, type Opened, open, readAll } from "./send.ts";

/** A call, as the clients hand it over. */
export interface CallerCall {
  service: string;
  version: string;
  action: string;
  /** The service version's table; without one the call is not checked. */
  table?: string;
  reads: boolean;
  head?: HeadMembers;
  form: AsyncFormInput;
  /** Whether an octet-stream body is handed through. */
  bytes?: boolean;
  /** What keeps it from being sent, whatever the core's check finds. */
  problems?: Problem[];
}

/** The number that says that a call was not checked against a table. */
const NO_TABLE = 0xffff_ffff;

/** A call whose every value was read. */
interface Drafted {
  call: CallerCall;
  options: CallOptions;
  draft: Draft;
  /** The same with `DryRun`, for an action that takes it. */
  withDryRun?: Draft;
}

/** A request that was checked and signed. */
interface Ready {
  /** `reads`, `writes`, `dryRun`, or `nothing` where it must not be sent. */
  effect: string;
  form: Form;
  url: string;
  headers: Record<string, string>;
  sentAt: number;
}

/** A call that was sent. */
interface Sent extends SentCall {
  effect: string;
  answer: Opened;
}

/** Makes calls with one set of options. */
export class Caller {
  readonly #options: ReadClientOptions;

  constructor(options: ClientOptions<Integers>) {
    this.#options = readClientOptions(options);
  }

  /** Makes one call and gives its answer, or what a dry run found. */
  async call(call: CallerCall, options: CallOptions = {}): Promise<unknown> {
    const drafted = this.#draft(call, options);
    const ready = await this.#prepare(drafted);
    if (ready.effect === "nothing") return notSent(ready);
    const sent = await this.#send(drafted, ready, false);
    return this.#conclude(drafted, sent, await this.#readAll(sent));
  }

  /** Makes one call, when it is first asked for an event, and gives the events of its answer. */
  stream(call: CallerCall, options: CallOptions = {}): AsyncGenerator<StreamEvent, void> {
    const drafted = this.#draft(call, options);
    if (drafted.options.dryRun)
      throw wrong("dryRun", "is not for streams; check the same call by `call`");
    return this.#events(drafted);
  }

  async *#events(drafted: Drafted): AsyncGenerator<StreamEvent, void> {
    const own = await fork(clientCore);
    const sent = await this.#send(drafted, await this.#prepare(drafted), true);
    const { answer } = sent;
    const streams = answer.mediaType === "text/event-stream" && isSuccess(answer.status);
    const answered = streams
      ? yield* readEvents(sent, answer, own, this.#options.maxResponseBytes)
      : await this.#readAll(sent);
    if (answered === undefined) return;
    this.#conclude(drafted, sent, answered);
    yield { event: "message", data: decoder.decode(answered.body), id: "" };
  }

  /** Reads the whole call at once: what the caller changes while it waits is not sent. */
  #draft(call: CallerCall, given: CallOptions): Drafted {
    const options = readCallOptions(given);
    options.signal?.throwIfAborted();
    const { form } = call;
    const drafted = { call, options, draft: draftForm(form) };
    if (!options.dryRun || call.table === undefined) return drafted;
    // Nothing can be added to a text or to bytes: they are only shown.
    if (typeof form.payload !== "object" || form.payload instanceof Uint8Array) return drafted;
    const payload = { ...form.payload, DryRun: true };
    return { ...drafted, withDryRun: draftForm({ ...form, payload }) };
  }

  /** The request, checked and signed; or without a signature, where it must not be sent. */
  async #prepare(drafted: Drafted): Promise<Ready> {
    const { call, options, draft, withDryRun } = drafted;
    const [whole] = await Promise.all([readBlobs(draft), start(clientCore)]);
    const asked = withDryRun && this.#takesDryRun(call) ? withDryRun : whole;
    const form = finishForm(clientCore, asked);
    const { credential, address, sentHost, insecureHttp, requestClient, now } = this.#options;
    const sentAt = (now ?? Date.now)();
    if (typeof sentAt !== "number") throw wrong("now", "must give milliseconds since 1970", "Type");
    const { service, version, action, table, head } = call;
    // A table's check walks the very bytes, so only a call without one may be digested elsewhere.
    const payloadHash = table === undefined ? await digest(form) : undefined;
    const members = withoutAbsent({
      ...address,
      ...head,
      service,
      version,
      action,
      sentHost,
      insecureHttp,
      requestClient,
      timestamp: Math.floor(sentAt / 1000),
      region: options.region ?? this.#options.region,
      language: options.language ?? this.#options.language,
      traceId: options.traceId,
      dryRun: options.dryRun,
      validate: options.validate,
      payloadHash,
    });
    const { parts, count, timestamp, length } = encodeHead(credential, members, form);
    const number = numberOf(table);
    const prepare = () =>
      run(clientCore, parts, (module, headLength, key, payload) =>
        module.prepare(number, headLength, count, key, payload, timestamp, length),
      );
    const [effect = "", ...values] = call.problems?.length
      ? refuse(call.problems, prepare)
      : prepare();
    this.#warn(drafted, takeProblems(values), { about: "request" });
    const [url = "", ...headers] = values;
    return { effect, form, url, headers: decodeHeaders(headers), sentAt };
  }

  async #send({ call, options }: Drafted, ready: Ready, lasting: boolean): Promise<Sent> {
    const { effect, form, url, headers, sentAt } = ready;
    if (!this.#options.allowDirectFromPage) refuseDirect(url, globalThis);
    options.signal?.throwIfAborted();
    const { action, reads } = call;
    const sent = { action, onlyReads: reads || effect !== "writes", sentAt, effect };
    const answer = await open({
      // Called without a receiver, as a page's own fetch wants it.
      fetch: this.#options.fetch ?? globalThis.fetch,
      method: form.method,
      url,
      headers,
      body: form.body,
      timeout: options.timeout ?? this.#options.timeout,
      signal: options.signal,
      lasting,
    });
    if (answer instanceof Failure) throw failure(sent, answer);
    return { ...sent, answer };
  }

  async #readAll(sent: Sent): Promise<Answer> {
    const answer = await readAll(sent.answer, this.#options.maxResponseBytes);
    if (answer instanceof Failure) throw failure(sent, answer);
    return answer;
  }

  #takesDryRun({ table = "", action }: CallerCall): boolean {
    const number = numberOf(table);
    const [takes] = run(clientCore, [action], (module, length) =>
      module.takes_dry_run(number, length),
    );
    return takes === "true";
  }

  #conclude(drafted: Drafted, sent: Sent, answer: Answer): unknown {
    const { call } = drafted;
    const [kind, ...values] = this.#read(call, sent, answer);
    const [first = ""] = values;
    if (kind === "refused") throw refusal(sent, answer, values);
    if (kind === "dryRun") return { dryRun: true, sent: true, requestId: first } satisfies DryRun;
    if (kind === "notDry") {
      const message = "a dry run was answered as a call that was really made";
      throw notTheProtocol({ ...sent, onlyReads: false }, message, answer);
    }
    const isBytes = answer.mediaType === "application/octet-stream" && isSuccess(answer.status);
    if (call.bytes && isBytes) return answer.body;
    if (kind === "defect") throw notTheProtocol(sent, first, answer);
    const warnings = takeProblems(values);
    const text = values.join("\0");
    const result = kind === "exact" ? readMarked(text) : JSON.parse(text);
    this.#warn(drafted, warnings, { about: "answer", requestId: result.RequestId });
    return result;
  }

  /** Tells the client's hooks and the call's. */
  #warn(
    { call: { service, action }, options }: Drafted,
    warnings: Problem[],
    more: Pick<Warning, "about" | "requestId">,
  ): void {
    const told = warnings.map((warning) => ({ ...warning, service, action, ...more }));
    warn(told, this.#options.hooks, options.hooks);
  }

  #read({ table, action, reads }: CallerCall, sent: Sent, answer: Answer): string[] {
    try {
      const number = numberOf(table);
      const parts: Part[] = [action, answer.body];
      return run(clientCore, parts, (module, name, length) =>
        module.conclude(
          number,
          name,
          length,
          answer.status,
          sent.effect === "dryRun",
          reads,
          INTEGERS[this.#options.integers],
        ),
      );
    } catch (cause) {
      throw moduleBroke(sent, cause);
    }
  }
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

function numberOf(table: string | undefined): number {
  return table === undefined ? NO_TABLE : tableNumber(clientCore, table);
}

function isSuccess(status: number): boolean {
  return status >= 200 && status < 300;
}

function withoutAbsent(members: { [Name in keyof HeadMembers]: HeadMembers[Name] | undefined }) {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as HeadMembers;
}
