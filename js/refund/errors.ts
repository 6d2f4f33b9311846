/** The errors of a refund from before anything was sent. */

import { CLASSES, Tc3Error } from "../tc3-error.ts";

/** Nothing was sent: what is listed now is not what the plan was drawn from. */
export class PlanChangedError extends Tc3Error {
  override readonly name = "PlanChangedError";

  static of(difference: string): PlanChangedError {
    return new PlanChangedError(`the plan does not hold any more: ${difference}`, {
      code: "PlanChanged",
      remedy: "Draw the plan again, look at it, and carry that out.",
      outcome: "notSent",
      retry: "never",
      attempts: 0,
    });
  }
}

/** Nothing was sent: where the intents are kept cannot be used. */
export class JournalError extends Tc3Error {
  override readonly name = "JournalError";

  static of(code: string, message: string, remedy: string, cause?: unknown): JournalError {
    return new JournalError(message, {
      code,
      remedy,
      outcome: "notSent",
      retry: "never",
      attempts: 0,
      ...(cause !== undefined && { cause }),
    });
  }
}

Object.assign(CLASSES, { PlanChangedError, JournalError });
