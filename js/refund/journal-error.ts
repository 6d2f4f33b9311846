/** Why a journal cannot be used; nothing is sent then. */

import { CLASSES, type ErrorDetails, Tc3Error } from "../tc3-error.ts";

/**
 * `JournalInUse`: another one holds it. `JournalUnavailable`: the platform keeps nothing here, something else is there, or
 * the journal was closed. `JournalBroken`: reading or keeping failed.
 */
export type JournalFailure = "JournalInUse" | "JournalUnavailable" | "JournalBroken";

/** A journal that did not open, or that keeps no more. */
export class JournalError extends Tc3Error {
  override readonly name = "JournalError";
  declare readonly code: JournalFailure;

  constructor(message: string, details: ErrorDetails & { code: JournalFailure }) {
    super(message, details);
  }

  static of(code: JournalFailure, message: string, remedy: string, cause?: unknown): JournalError {
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

Object.assign(CLASSES, { JournalError });
