/** The error of a plan that does not hold any more. */

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

Object.assign(CLASSES, { PlanChangedError });
