/** Functions of the caller that are told what happens; what they throw changes nothing. No secret is told, and no signature. */

import type { Tc3Error } from "./errors.ts";
import { aFunction } from "./kinds.ts";
import type { Shape } from "./members.ts";

/** Of which call something is told. */
export interface About {
  /** The service's short name. */
  service: string;
  /** The action's name. */
  action: string;
}

/** Something that does not stop a call, but should be looked at. */
export interface Warning extends About {
  /** Of which it is: what is about to be sent, or what was answered. */
  about: "request" | "answer";
  /**
   * `Deprecated`: the action is obsolete. Of a request: `Unknown` for a region, and `Range`, `Length`, `Format` or `Value`
   * where the documentation leaves a doubt. Of an answer: `Missing`, `Type`, or `Wide` for an integer beyond 2^53.
   */
  code: string;
  /** Where: the member's path, such as `Data[2].OrderId`; `action` or `region` for the call's own. */
  path: string;
  /** What should be looked at, and what to do. */
  message: string;
  /** Of an answer. */
  requestId?: string;
}

/** A request that is about to be sent. */
export interface Sending extends About {
  /** Which try of its call it is, from 1. */
  attempt: number;
  /** `POST` or `GET`. */
  method: string;
  /** Where it goes, without the query. */
  url: string;
  /** When it was signed, in milliseconds since 1970: the caller's clock, with what was learnt of the service's. */
  signedAt: number;
}

/** What became of a request. */
export interface Answered extends About {
  /** Which try of its call it is, from 1. */
  attempt: number;
  /** How long it took, in milliseconds. */
  ms: number;
  /** HTTP's; none where no answer came. */
  status?: number;
  /** What the answer's Date says, in milliseconds since 1970; a page does not see that of another origin. */
  serverTime?: number;
  /** The service's id of the request. */
  requestId?: string;
  /** The error; none where the call was done. What a `fetch` of the caller's threw is its `cause`. */
  error?: unknown;
}

/** A call that will be tried again. */
export interface Retrying extends About {
  /** Which try failed, from 1. */
  attempt: number;
  /** How long until the next one, in milliseconds. */
  wait: number;
  /** Why it failed. */
  error: Tc3Error;
}

/** What may be told. */
export interface Hooks {
  /** Told of each warning, before the request is sent or before its answer is returned. */
  onWarning?: (warning: Warning) => void;
  /** Told before each request is handed to `fetch`. */
  onSend?: (sending: Sending) => void;
  /** Told after each request, whatever became of it. */
  onAnswer?: (answered: Answered) => void;
  /** Told before each wait for another try. */
  onRetry?: (retrying: Retrying) => void;
}

/** Their types, for `readMembers`. */
export const HOOKS: Shape = {
  onWarning: aFunction,
  onSend: aFunction,
  onAnswer: aFunction,
  onRetry: aFunction,
};

/** Tells each of the hooks, in an object of its own; a call that was made must not fail by its observer. */
export function tell<Name extends keyof Hooks>(
  name: Name,
  hooks: readonly (Hooks | undefined)[],
  what: () => Parameters<NonNullable<Hooks[Name]>>[0],
): void {
  for (const one of hooks) {
    try {
      const hook = one?.[name] as ((what: unknown) => unknown) | undefined;
      if (hook) Promise.resolve(hook.call(one, what())).catch(() => {});
    } catch {
      // As documented: what a hook throws is dropped.
    }
  }
}
