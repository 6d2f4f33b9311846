/** One call with all its tries: the core says whether another one is safe and when, and here it is waited for. */

import { type Call, draft, type Made, make } from "./call.ts";
import { isExpired, learn, type Seen, seenOf } from "./clock.ts";
import { ask, start } from "./core.ts";
import { OutcomeUnknownError, Tc3Error } from "./errors.ts";
import { tell } from "./hooks.ts";
import { clientCore } from "./load/client.ts";
import type { ReadCallOptions, ReadClientOptions } from "./options.ts";
import { dateOf, timeIsUp } from "./outcome.ts";
import type { AnswerHead } from "./send.ts";
import { remember } from "./targets.ts";
import { conclude, hooksOf, notSent, prepare, readWhole, send } from "./try.ts";
import { leave, takePlace, takeTurn } from "./turns.ts";
import { left, pause, TIME_IS_UP } from "./wait.ts";

/** What became of a call that was done. */
export interface Done {
  answer: unknown;
  /** None where nothing was sent. */
  head?: AnswerHead;
  /** How often it was sent. */
  attempts: number;
}

/** What is known of a try, whatever becomes of it. */
interface Trace {
  head?: AnswerHead;
  seen?: Seen | undefined;
  /** Whether it was handed to the platform. */
  isSent?: boolean;
}

/** A request that waited longer for its turn is signed again, in milliseconds. */
const FRESH = 1000;

/** Makes one call and gives its answer, or what a dry run found. */
export async function makeCall(
  client: ReadClientOptions,
  call: Call,
  options: ReadCallOptions,
): Promise<Done> {
  const made = await orTimeIsUp(1, make(draft(client, call, options)));
  let isCorrected = false;
  for (let attempt = 1; ; attempt += 1) {
    const trace: Trace = {};
    const { clockOffset } = client.state;
    try {
      return await makeTry(made, attempt, trace);
    } catch (error) {
      if (!Tc3Error.is(error)) throw error;
      // Whose timestamp was refused is sent again only with a better one, and once.
      if (isExpired(error)) learn(client.state, trace.seen, true);
      const corrects: boolean =
        !isCorrected &&
        options.timestamp === undefined &&
        isExpired(error) &&
        client.state.clockOffset !== clockOffset;
      isCorrected ||= corrects;
      if (!corrects && !isWorthIt(error, made.reads)) throw error;
      await rest(made, attempt, error, corrects ? 0 : made.options.retry.baseDelay, trace.head);
    }
  }
}

/** One try, from its turn to what its answer means. */
async function makeTry(made: Made, attempt: number, trace: Trace): Promise<Done> {
  // First of all: what is wrong or only shown waits for nobody.
  let ready = await orTimeIsUp(attempt, prepare(made, attempt === 1));
  if (ready.effect === "nothing") return { answer: notSent(made, ready), attempts: 0 };
  const asked = performance.now();
  const turn = takePlaceAndTurn(made);
  if (turn) await orTimeIsUp(attempt, turn);
  const began = performance.now();
  try {
    if (began - asked > FRESH) ready = await orTimeIsUp(attempt, prepare(made, false));
    trace.isSent = true;
    const sent = await send(made, ready, attempt);
    trace.head = sent.answer;
    trace.seen = seenOf(sent.answer, ready, made.client.now);
    learn(made.client.state, trace.seen, false);
    const head = await readWhole(made, sent);
    const answer = conclude(made, sent, head);
    spend(made, false);
    tellAnswer(made, attempt, began, trace, {
      requestId: (answer as Partial<{ RequestId: string }>).RequestId,
    });
    return { answer, head, attempts: attempt };
  } catch (error) {
    const { open } = made.client.state;
    if (error instanceof OutcomeUnknownError) remember(open, made.target);
    const isSent = Tc3Error.is(error) ? error.attempts > 0 : trace.isSent;
    if (isSent) tellAnswer(made, attempt, began, trace, { error });
    throw error;
  } finally {
    leave(made.client.state);
  }
}

/** Waits until a call may be sent, which then leaves its place by `leave`; nothing is waited for where it may be at once. */
export function takePlaceAndTurn(made: Made): Promise<void> | undefined {
  const { client, patience, facts } = made;
  const { state, concurrency, rate } = client;
  const place = takePlace(state, concurrency, patience);
  return rate === "off" || facts.perSecond === 0 ? place : thenTurn(made, place, rate);
}

async function thenTurn(made: Made, place: Promise<void> | undefined, rate: "wait" | "fail") {
  const { client, patience, facts, target } = made;
  await place;
  try {
    await takeTurn(client.state, target.action, facts.perSecond, rate, patience);
  } catch (error) {
    leave(client.state);
    throw error;
  }
}

/** What a wait before sending gives; where the call's time is up there, nothing of this try was sent. */
export async function orTimeIsUp<T>(attempt: number, waiting: Promise<T>): Promise<T> {
  try {
    return await waiting;
  } catch (error) {
    throw error === TIME_IS_UP ? timeIsUp(attempt - 1) : error;
  }
}

/** Whether another try of a call could do better, and is safe. What was refused here was never sent. */
function isWorthIt({ retry, attempts }: Tc3Error, reads: boolean): boolean {
  return attempts > 0 && (retry === "safe" || (retry === "ifIdempotent" && reads));
}

/** Waits before another try, or throws why there is none. */
async function rest(
  made: Made,
  attempt: number,
  error: Tc3Error,
  baseDelay: number,
  head: AnswerHead | undefined,
): Promise<void> {
  const { client, call, options, patience } = made;
  const asked = head ? retryAfter(head, client.now()) : 0;
  const { tries, maxDelay } = options.retry;
  const { budget } = client.state;
  const random = client.random();
  // A large answer may have cost the instance.
  await start(clientCore)?.catch(() => {});
  const wait = ask(clientCore, -1, (module) =>
    module.retry_wait(tries, baseDelay, maxDelay, attempt, asked, left(patience), budget, random),
  );
  if (wait < 0) throw error;
  spend(made, true);
  const { service, action } = call;
  tell("onRetry", hooksOf(made), () => ({ service, action, attempt, wait, error }));
  try {
    await pause(wait, patience);
  } catch (stopped) {
    throw stopped === TIME_IS_UP ? error : stopped;
  }
}

function spend({ client: { state } }: Made, repeats: boolean): void {
  const { budget } = state;
  state.budget = ask(clientCore, budget, (module) => module.budget_after(budget, repeats));
}

/** How long an answer asks to wait, in milliseconds: Retry-After in seconds or as a date. */
function retryAfter({ headers }: AnswerHead, now: number): number {
  const said = headers.get("Retry-After")?.trim() ?? "";
  if (/^\d+$/.test(said)) return Number(said) * 1000;
  const date = Date.parse(said);
  return Number.isNaN(date) ? 0 : Math.max(0, date - now);
}

function tellAnswer(
  made: Made,
  attempt: number,
  began: number,
  { head }: Trace,
  more: { error?: unknown; requestId?: string | undefined },
): void {
  const { service, action } = made.call;
  const ms = performance.now() - began;
  tell("onAnswer", hooksOf(made), () => {
    const { error } = more;
    const requestId = more.requestId ?? (Tc3Error.is(error) ? error.requestId : undefined);
    const serverTime = head && dateOf(head);
    return {
      service,
      action,
      attempt,
      ms,
      ...(head && { status: head.status }),
      ...(serverTime !== undefined && { serverTime }),
      ...(requestId && { requestId }),
      ...(error !== undefined && { error }),
    };
  });
}
