/** An answer with how it was had. */

import type { Done } from "./caller.ts";
import type { DryRun } from "./dry-run.ts";
import {
  type CallOptions,
  type ReadCallOptions,
  type ReadClientOptions,
  readCallOptions,
} from "./options.ts";
import { dateOf } from "./outcome.ts";
import { wrong } from "./problems.ts";
import type { AnswerHead } from "./send.ts";

/** An answer, and how it came. */
export interface Raw<Answer> {
  /** What the call gives otherwise. */
  answer: Answer;
  /** HTTP's. */
  status: number;
  /** The answer's headers; a page sees those that the host exposes. */
  headers: Headers;
  /** What the answer's Date says, in milliseconds since 1970; a page does not see that of another origin. */
  serverTime?: number;
  /** How often the call was sent. */
  attempts: number;
}

/** The options of such a call: a dry run has no answer. */
export type RawOptions = Omit<CallOptions, "dryRun"> & { dryRun?: false };

/** The actions of a class, each with its answer and how it came. */
export type RawCalls<Actions> = {
  readonly [Name in Exclude<keyof Actions, "raw">]: Actions[Name] extends (
    request: infer Request,
    ...options: never
  ) => Promise<infer Answer>
    ? (request: Request, options?: RawOptions) => Promise<Raw<Exclude<Answer, DryRun>>>
    : never;
};

/** Makes such a call. */
export async function rawly(
  client: ReadClientOptions,
  given: RawOptions | undefined,
  call: (options: ReadCallOptions) => Promise<Done>,
): Promise<Raw<unknown>> {
  const options = readCallOptions(client, given);
  if (options.dryRun) throw wrong("dryRun", "has no answer; call it without `raw`");
  const { answer, head, attempts } = await call(options);
  const { status, headers } = head as AnswerHead;
  const serverTime = dateOf({ headers });
  return { answer, status, headers, ...(serverTime !== undefined && { serverTime }), attempts };
}
