/** One try of a call: prepared by the core, sent, and judged by the core. */

import { carrier, refuseDirect } from "#platform";
import { strictDecoder } from "./bytes.ts";
import { type Call, type Made, numberOf } from "./call.ts";
import { cross, run, runQuickly, takeProblems } from "./core.ts";
import type { Credential } from "./credential.ts";
import type { DryRun } from "./dry-run.ts";
import { CredentialError, type Problem, ValidationError } from "./errors.ts";
import { JSON_TYPE } from "./form.ts";
import { decodeHeaders, encodeHead, type HeadMembers } from "./head.ts";
import { Heads, headersAgain } from "./heads.ts";
import { tell, type Warning } from "./hooks.ts";
import { INTEGERS } from "./integers.ts";
import { readMarked } from "./json.ts";
import { clientCore } from "./load/client.ts";
import type { ReadClientOptions } from "./options.ts";
import { moduleBroke, notTheProtocol, orFailure, refusal, type SentCall } from "./outcome.ts";
import { injected } from "./platform/carrier.ts";
import { problemsError, wrong } from "./problems.ts";
import { type Answer, type Opened, open, readAll } from "./send.ts";
import { forget, isOpen } from "./targets.ts";
import { left, within } from "./wait.ts";

/** A request that was checked and signed. */
export interface Ready {
  /** `reads`, `writes`, `dryRun`, or `nothing` where it must not be sent. */
  effect: string;
  url: string;
  headers: Record<string, string>;
  /** By the caller's clock, in milliseconds since 1970. */
  sentAt: number;
  /** By the service's, as far as it is known. */
  signedAt: number;
}

/** A call that was sent. */
export interface Sent extends SentCall {
  effect: string;
  answer: Opened;
}

/** The request, checked and signed; or without a signature, where it must not be sent. `warns` says that hooks are told. */
export async function prepare(made: Made, warns: boolean): Promise<Ready> {
  const { client, call, options, form, patience } = made;
  const given = client.credential();
  const credential = given && "then" in given ? await within(given, patience) : given;
  const sentAt = client.now();
  if (typeof sentAt !== "number") throw wrong("now", "must give milliseconds since 1970", "Type");
  const { timestamp: asked } = options;
  const signedAt = asked === undefined ? sentAt + client.state.clockOffset : asked * 1000;
  const payloadHash = call.digest && (await call.digest(form));
  const isUsual = payloadHash === undefined && isUsualHead(made);
  const again = isUsual ? prepareAgain(made, credential, sentAt, signedAt) : undefined;
  if (again) return again;
  const { service, action, version } = call;
  const { endpoint, scheme, host, sentHost, insecureHttp, requestClient } = client;
  const { region = client.region, language = client.language, traceId, dryRun, validate } = options;
  // One by one: a client holds much else, and to copy it takes longer than to sign.
  // biome-ignore format: as above
  const members = {
    ...call.head, service, action, version, region, endpoint, scheme, host, sentHost, insecureHttp, requestClient, language,
    traceId, dryRun, validate, payloadHash, headers: made.headers, timestamp: Math.floor(signedAt / 1000),
  } as HeadMembers;
  const { parts, count, timestamp, length } = encodeHead(credential, members, form);
  const table = numberOf(call);
  const number = credential && isUsual ? heads.number(credential) : 0;
  const check = () =>
    run(clientCore, parts, (module, head, key, payload) =>
      module.prepare(table, head, count, key, payload, timestamp, length, number),
    );
  const [effect = "", ...values] = call.problems?.length ? refuse(call.problems, check) : check();
  const warnings = takeProblems(values);
  if (warns) warn(made, warnings, { about: "request" });
  const [url = "", ...pairs] = values;
  const headers = decodeHeaders(pairs);
  // One with a warning is told of it each time.
  if (credential && number > 0 && warnings.length === 0) {
    heads.keep(credential, nameOf(made), { client, version, effect }, number, { url, headers });
  }
  return { effect, url, headers, sentAt, signedAt };
}

/** The heads of calls that differ in their payload alone. */
const heads = new Heads<{ client: ReadClientOptions; version: string; effect: string }>();

/** The same, if the client prepared a call of this action before and nothing is doubtful in this one. */
function prepareAgain(
  made: Made,
  credential: Credential | undefined,
  sentAt: number,
  signedAt: number,
): Ready | undefined {
  const { client, call, form, facts } = made;
  const head = credential && heads.find(credential, nameOf(made));
  if (head?.origin.client !== client || head.origin.version !== call.version) return undefined;
  const table = numberOf(call);
  const timestamp = Math.floor(signedAt / 1000);
  const signature = runQuickly(clientCore, [form.payload], (module, payload) =>
    module.prepare_again(table, head.number, facts.place, payload, timestamp),
  );
  if (signature === undefined) return undefined;
  const headers = headersAgain(head, timestamp, signature);
  return { effect: head.origin.effect, url: head.url, headers, sentAt, signedAt };
}

/** Under which a head is known: its service, action and region. No head that was signed holds another NUL. */
function nameOf({ target, client, options: { region = client.region } }: Made): string {
  return `${target.action}\0${region ?? ""}`;
}

/** Whether client, version and name tell all of a call's head. */
function isUsualHead({ call, options, headers, form }: Made): boolean {
  const { language, traceId, dryRun, validate } = options;
  const own = language ?? traceId ?? dryRun ?? validate;
  if (own !== undefined || call.head?.unsignedPayload || call.problems?.length) return false;
  if (form.method !== "POST" || form.contentType !== JSON_TYPE) return false;
  return Object.keys(headers).length === 0;
}

/** Sends it; `lasting` says that its answer is a stream. */
export async function send(
  made: Made,
  ready: Ready,
  attempts: number,
  lasting = false,
): Promise<Sent> {
  const { client, call, options, form, patience } = made;
  const { effect, url, headers, sentAt, signedAt } = ready;
  const { service, action } = call;
  if (!client.allowDirectFromPage) refuseDirect(url, globalThis);
  options.signal?.throwIfAborted();
  const onlyReads = made.reads || effect !== "writes";
  const carried = client.fetch ? injected(client.fetch) : carrier(!onlyReads);
  const sent = { action, onlyReads, sentAt, attempts, carrier: carried };
  tell("onSend", hooksOf(made), () => {
    const [place = ""] = url.split("?");
    return { service, action, attempt: attempts, method: form.method, url: place, signedAt };
  });
  const opened = open({
    fetch: carried.fetch,
    method: form.method,
    url,
    headers,
    body: form.body,
    timeout: lasting ? (options.timeout ?? client.timeout) : timeoutOf(made),
    signal: patience.signal,
    lasting,
  });
  const answer = await orFailure(sent, opened);
  return { action, onlyReads, sentAt, attempts, carrier: carried, effect, answer };
}

export function readWhole({ client }: Made, sent: Sent): Promise<Answer> {
  return orFailure(sent, readAll(sent.answer, client.maxResponseBytes));
}

/** What an answer means. */
export function conclude(made: Made, sent: Sent, answer: Answer): unknown {
  const { client, call, target } = made;
  const clean = readClean(made, sent, answer);
  if (clean !== undefined) {
    forget(client.state.open, target);
    return clean;
  }
  const [kind, ...values] = judge(made, sent, answer);
  const [first = ""] = values;
  if (kind === "refused") throw refusal(sent, answer, values);
  if (kind === "dryRun") return { dryRun: true, sent: true, requestId: first } satisfies DryRun;
  if (kind === "notDry") {
    const message = "a dry run was answered as a call that was really made";
    throw notTheProtocol({ ...sent, onlyReads: false }, message, answer);
  }
  const bytes = call.bytes?.(answer);
  if (bytes) return bytes;
  if (kind === "defect") throw notTheProtocol(sent, first, answer);
  forget(client.state.open, target);
  const warnings = takeProblems(values);
  const text = values.join("\0");
  const result = kind === "exact" ? readMarked(text) : JSON.parse(text);
  warn(made, warnings, { about: "answer", requestId: result.RequestId });
  return result;
}

/** The answer of which nothing is to be said, as most are; nothing where all steps have to be taken. */
function readClean(made: Made, sent: Sent, { status, body }: Answer): unknown {
  const { client, call, facts } = made;
  if (call.bytes || sent.effect === "dryRun") return undefined;
  try {
    const number = numberOf(call);
    const isClean = cross(clientCore, [body], (module, length) =>
      module.is_clean(number, facts.place, length, status, INTEGERS[client.integers]),
    );
    return isClean === 1 ? JSON.parse(strictDecoder.decode(body)).Response : undefined;
  } catch {
    // It is no JSON, or no UTF-8, or the module broke: all the steps say which.
    return undefined;
  }
}

/** What is shown of a request that must not be sent. */
export function notSent({ form }: Made, { url, headers }: Ready): DryRun {
  const { method, body } = form;
  const request = { method, url, headers, ...(body === undefined ? {} : { body }) };
  return { dryRun: true, sent: false, request };
}

/** Whoever is told what happens to a call. */
export function hooksOf({ client, options }: Made) {
  return [client.hooks, options.hooks];
}

function judge({ client, call, target }: Made, sent: Sent, answer: Answer): string[] {
  try {
    const number = numberOf(call);
    const integers = INTEGERS[client.integers];
    const isDry = sent.effect === "dryRun";
    const earlier = isOpen(client.state.open, target);
    const once = !!client.idempotencyKey || sent.carrier.sentOnce();
    return run(clientCore, [call.action, answer.body], (module, action, body) =>
      module.conclude(
        number,
        action,
        body,
        answer.status,
        isDry,
        call.reads,
        earlier,
        once,
        integers,
      ),
    );
  } catch (cause) {
    throw moduleBroke(sent, cause);
  }
}

/** How long a try may take, in milliseconds; 0 for as long as it likes. Of a time that is up, nothing is left but the least. */
function timeoutOf({ client, options, patience }: Made): number {
  const ofTry = options.tryTimeout ?? client.tryTimeout;
  const most = Math.min(ofTry || Infinity, left(patience));
  return most === Infinity ? 0 : Math.max(most, 1);
}

/** Tells the client's hooks and the call's. */
function warn(made: Made, warnings: Problem[], more: Pick<Warning, "about" | "requestId">): void {
  const { service, action }: Call = made.call;
  const hooks = hooksOf(made);
  for (const warning of warnings) {
    tell("onWarning", hooks, () => ({ ...warning, service, action, ...more }));
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
