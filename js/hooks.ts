/** Functions of the caller that are told what happens; what they throw changes nothing. */

import { aFunction } from "./kinds.ts";
import type { Shape } from "./members.ts";

/** Something that does not stop a call, but should be looked at. */
export interface Warning {
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
  /** Of the call. */
  service: string;
  /** Of the call. */
  action: string;
  /** Of an answer. */
  requestId?: string;
}

/** What may be told. */
export interface Hooks {
  /** Told of each warning, before the request is sent or before its answer is returned. */
  onWarning?: (warning: Warning) => void;
}

/** Their types, for `readMembers`. */
export const HOOKS: Shape = { onWarning: aFunction };

/** Tells each of the hooks; a call that was made must not fail by its observer. */
export function warn(warnings: Warning[], ...hooks: (Hooks | undefined)[]): void {
  for (const warning of warnings) {
    for (const one of hooks) {
      try {
        const told: unknown = one?.onWarning?.({ ...warning });
        Promise.resolve(told).catch(() => {});
      } catch {
        // As documented: what a hook throws is dropped.
      }
    }
  }
}
