/** Functions of the caller that are told what happens; what they throw changes nothing. */

import type { Shape } from "./members.ts";

/** Something that went well, but should be changed. */
export interface Warning {
  /** `Deprecated`: the service says that an action is obsolete. */
  code: "Deprecated";
  message: string;
  service: string;
  action: string;
  requestId: string;
}

/** What may be told. */
export interface Hooks {
  onWarning?: (warning: Warning) => void;
}

/** Their types, for `readMembers`. */
export const HOOKS: Shape = { onWarning: "function" };

/** Tells each of the hooks; a call that was made must not fail by its observer. */
export function warn(warning: Warning, ...hooks: (Hooks | undefined)[]): void {
  for (const one of hooks) {
    try {
      const told: unknown = one?.onWarning?.({ ...warning });
      Promise.resolve(told).catch(() => {});
    } catch {
      // As documented: what a hook throws is dropped.
    }
  }
}
