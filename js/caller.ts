/** One call from its members to its answer: prepared by the core, sent, and judged by the core. */

import type { Part } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { digest } from "./digest.ts";
import { ValidationError } from "./errors.ts";
import { readEvents, type StreamEvent } from "./events.ts";
import {
  type AsyncFormInput,
  bodyLength,
  type Draft,
  draftForm,
  type Form,
  finishForm,
  readBlobs,
} from "./form.ts";
import { decodeHeaders, encodeHead, type HeadMembers } from "./head.ts";
import { HOOKS, type Hooks, warn } from "./hooks.ts";
import { readMarked } from "./json.ts";
import { clientCore } from "./load/client.ts";
import { readMembers, type Shape } from "./members.ts";
import { failure, moduleBroke, notTheProtocol, refusal, type SentCall } from "./outcome.ts";
import { isFailure, type Opened, open, type Received, readAll } from "./send.ts";
import type { Endpoint } from "./signing.ts";

/** The options of a client. */
export interface ClientOptions {
  credential: Credential;
  /** X-TC-Region, such as `ap-guangzhou`; a call may name another. */
  region?: string;
  /**
   * Which of the service's own hosts, or an origin such as `http://127.0.0.1:8080`; http only to loopback.
   * @default "nearest"
   */
  endpoint?: Endpoint | (string & {});
  /** A host to send to instead, on purpose: the endpoint's is what is signed. */
  sentHost?: string;
  /** Lets `http` go to any host: everybody on the way can read and change it. */
  insecureHttp?: boolean;
  /** X-TC-Language, of the service's messages. */
  language?: "zh-CN" | "en-US";
  /** X-TC-RequestClient: up to 128 letters, digits, inner spaces and `-_,;.:` */
  requestClient?: string;
  /** @default the platform's */
  fetch?: typeof fetch;
  /** The clock, in milliseconds since 1970. @default Date.now */
  now?: () => number;
  /** In milliseconds, for a whole call; 0 for none. @default 60000 */
  timeout?: number;
  /** Longer answers are a `ResponseError`. @default 16777216 */
  maxResponseBytes?: number;
  hooks?: Hooks;
}

/** The options of one call; each overrides the client's, and its hooks are told beside the client's. */
export interface CallOptions {
  /** Ends the wait. Where nothing can have happened, its reason is thrown, else an `OutcomeUnknownError`. */
  signal?: AbortSignal;
  /** In milliseconds; 0 for none. */
  timeout?: number;
  region?: string;
  language?: "zh-CN" | "en-US";
  /** X-TC-TraceId. */
  traceId?: string;
  hooks?: Hooks;
  /**
   * Changes nothing. Where the action itself takes `DryRun`, the service checks the call; elsewhere it is checked and
   * shown here, and nothing is sent.
   */
  dryRun?: boolean;
}

/** What became of a dry run. */
export type DryRun =
  | {
      dryRun: true;
      sent: false;
      /** What would be sent, but for the signature and the token. */
      request: {
        method: string;
        url: string;
        headers: Record<string, string>;
        body?: Form["body"];
      };
    }
  | { dryRun: true; sent: true; requestId: string };

/** What a call with these options gives. */
export type Reply<Answer, Options> = "dryRun" extends keyof Options
  ? Options["dryRun"] extends true
    ? DryRun
    : Options["dryRun"] extends false | undefined
      ? Answer
      : Answer | DryRun
  : Answer;

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
}

const CLIENT: Shape = {
  credential: "object",
  region: "text",
  endpoint: "text",
  sentHost: "text",
  insecureHttp: "boolean",
  language: "text",
  requestClient: "text",
  fetch: "function",
  now: "function",
  timeout: "number",
  maxResponseBytes: "number",
  hooks: "object",
};

const CALL: Shape = {
  signal: "signal",
  timeout: "number",
  region: "text",
  language: "text",
  traceId: "text",
  hooks: "object",
  dryRun: "boolean",
};

const DEFAULT_TIMEOUT = 60_000;
const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

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

/** A call that was prepared and sent. */
interface Sent extends SentCall {
  answer: Opened;
  dryRun: boolean;
  table: string | undefined;
}

/** Makes calls with one set of options. */
export class Caller {
  readonly #options: ClientOptions;
  readonly #credential: Credential;
  readonly #address: HeadMembers;

  constructor(options: ClientOptions) {
    this.#options = readMembers(options, CLIENT);
    this.#credential = readCredential(this.#options.credential);
    this.#address = readEndpoint(this.#options.endpoint ?? "nearest");
    readMembers(this.#options.hooks ?? {}, HOOKS, "hooks.");
    readTimeout(this.#options.timeout);
    readLimit(this.#options.maxResponseBytes);
  }

  /** Makes one call and gives its answer, or what a dry run found. */
  async call(call: CallerCall, options: CallOptions = {}): Promise<unknown> {
    const drafted = this.#draft(call, options);
    const sent = await this.#send(drafted, false);
    if (!("answer" in sent)) return sent;
    const received = await readAll(sent.answer, this.#maxBytes);
    if (isFailure(received)) throw failure(sent, received);
    return this.#conclude(drafted, sent, received);
  }

  /** Makes one call, when it is first asked for an event, and gives the events of its answer. */
  stream(call: CallerCall, options: CallOptions = {}): AsyncGenerator<StreamEvent, void> {
    const drafted = this.#draft(call, options);
    if (drafted.options.dryRun) {
      const message = "is not for streams; check the same call by `call`";
      throw ValidationError.of([{ path: "dryRun", code: "Value", message }]);
    }
    return this.#events(drafted);
  }

  async *#events(drafted: Drafted): AsyncGenerator<StreamEvent, void> {
    const own = await clientCore.fork();
    const sent = await this.#send(drafted, true);
    if (!("answer" in sent)) return;
    const { answer } = sent;
    if (answer.mediaType === "text/event-stream" && answer.status >= 200 && answer.status < 300) {
      yield* readEvents(sent, answer, own, this.#maxBytes);
      return;
    }
    const received = await readAll(answer, this.#maxBytes);
    if (isFailure(received)) throw failure(sent, received);
    this.#conclude(drafted, sent, received);
    yield { event: "message", data: new TextDecoder().decode(received.body), id: "" };
  }

  get #maxBytes(): number {
    return this.#options.maxResponseBytes ?? MAX_RESPONSE_BYTES;
  }

  /** Reads the whole call at once: what the caller changes while it waits is not sent. */
  #draft(call: CallerCall, given: CallOptions): Drafted {
    const options = readMembers(given, CALL);
    readMembers(options.hooks ?? {}, HOOKS, "hooks.");
    readTimeout(options.timeout);
    options.signal?.throwIfAborted();
    const { form } = call;
    const drafted = { call, options, draft: draftForm(form) };
    if (!options.dryRun || call.table === undefined) return drafted;
    const payload = { ...(form.payload as object), DryRun: true };
    return { ...drafted, withDryRun: draftForm({ ...form, payload }) };
  }

  async #send(drafted: Drafted, lasting: boolean): Promise<Sent | DryRun> {
    const { call, options, withDryRun } = drafted;
    const [draft] = await Promise.all([readBlobs(drafted.draft), clientCore.ready()]);
    const asked = withDryRun && this.#takesDryRun(call) ? withDryRun : draft;
    const form = finishForm(clientCore, asked);
    const now = (this.#options.now ?? Date.now)();
    const { effect, url, headers } = await this.#prepare(call, options, form, now);
    const { method, body } = form;
    if (effect === "nothing") {
      const request = { method, url, headers, ...(body === undefined ? {} : { body }) };
      return { dryRun: true, sent: false, request };
    }
    const { signal, timeout } = options;
    signal?.throwIfAborted();
    const { action, table } = call;
    const onlyReads = effect !== "writes" || call.reads;
    const sent = { action, table, onlyReads, dryRun: effect === "dryRun", sentAt: now };
    const answer = await open({
      // Called without a receiver, as a page's own fetch wants it.
      fetch: this.#options.fetch ?? globalThis.fetch,
      method,
      url,
      headers,
      body,
      timeout: timeout ?? this.#options.timeout ?? DEFAULT_TIMEOUT,
      signal,
      lasting,
    });
    if (isFailure(answer)) throw failure(sent, answer);
    return { ...sent, answer };
  }

  #takesDryRun({ table = "", action }: CallerCall): boolean {
    const number = clientCore.table(table);
    const [takes] = clientCore.run([action], (module, [length = 0]) =>
      module.takes_dry_run(number, length),
    );
    return takes === "true";
  }

  async #prepare(call: CallerCall, given: CallOptions, form: Form, now: number) {
    const { service, version, action, table, head } = call;
    const { region, language, traceId, dryRun } = given;
    // A table's check walks the very bytes, so only a call without one may be digested elsewhere.
    const hash = call.form.payloadHash ?? (table === undefined ? await digest(form) : undefined);
    const options = this.#options;
    const members = withoutAbsent({
      ...this.#address,
      ...head,
      service,
      version,
      action,
      sentHost: options.sentHost,
      insecureHttp: options.insecureHttp,
      requestClient: options.requestClient,
      region: region ?? options.region,
      language: language ?? options.language,
      traceId,
      dryRun,
      payloadHash: hash,
    });
    const { parts, count } = encodeHead(this.#credential, members, form);
    const timestamp = Math.floor(now / 1000);
    const length = hash === undefined ? 0 : bodyLength(form);
    const number = table === undefined ? NO_TABLE : clientCore.table(table);
    const [effect, url = "", ...headers] = clientCore.run(
      parts,
      (module, [headLength = 0, key = 0, payload = 0]) =>
        module.prepare(number, headLength, count, key, payload, timestamp, length),
    );
    return { effect, url, headers: decodeHeaders(headers) };
  }

  #conclude({ call, options }: Drafted, sent: Sent, received: Received): unknown {
    const [kind, first = "", ...values] = this.#read(call, sent, received);
    if (kind === "refused") throw refusal(sent, received, [first, ...values]);
    if (kind === "dryRun") return { dryRun: true, sent: true, requestId: first } satisfies DryRun;
    if (call.bytes && received.mediaType === "application/octet-stream" && received.status < 300) {
      return received.body;
    }
    if (kind === "defect") throw notTheProtocol(sent, first, received);
    const text = values.join("\0");
    const answer = kind === "exact" ? readMarked(text) : JSON.parse(text);
    if (first !== "") {
      const { service, action } = call;
      const requestId: string = answer.RequestId;
      const warning = { code: "Deprecated", message: first, service, action, requestId } as const;
      warn(warning, this.#options.hooks, options.hooks);
    }
    return answer;
  }

  #read({ action, reads }: CallerCall, sent: Sent, received: Received): string[] {
    try {
      const number = sent.table === undefined ? NO_TABLE : clientCore.table(sent.table);
      const parts: Part[] = [action, received.body];
      return clientCore.run(parts, (module, [name = 0, length = 0]) =>
        module.conclude(number, name, length, received.status, sent.dryRun, reads),
      );
    } catch (cause) {
      throw moduleBroke(sent, cause);
    }
  }
}

function readEndpoint(endpoint: string): HeadMembers {
  if (!endpoint.includes("/")) return { endpoint };
  const [, scheme, host] = /^(https?):\/\/([^/]+)\/?$/.exec(endpoint) ?? [];
  if (scheme === undefined || host === undefined) {
    const message = "must be an origin, such as `https://iotvideo.tencentcloudapi.com`";
    throw ValidationError.of([{ path: "endpoint", code: "Value", message }]);
  }
  return { scheme, host };
}

function readTimeout(timeout = 0): void {
  if (timeout >= 0 && timeout <= 0x7fff_ffff) return;
  const message = "must be milliseconds from 0 (for none) to 2147483647";
  throw ValidationError.of([{ path: "timeout", code: "Value", message }]);
}

function readLimit(bytes = MAX_RESPONSE_BYTES): void {
  if (Number.isInteger(bytes) && bytes > 0 && bytes <= 0x7fff_ffff) return;
  const message = "must be whole bytes from 1 to 2147483647";
  throw ValidationError.of([{ path: "maxResponseBytes", code: "Value", message }]);
}

function withoutAbsent(members: { [Name in keyof HeadMembers]: HeadMembers[Name] | undefined }) {
  const present = Object.entries(members).filter(([, value]) => value !== undefined);
  return Object.fromEntries(present) as HeadMembers;
}
