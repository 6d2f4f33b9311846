/** The errors from before anything was sent. */

import { CLASSES, type ErrorDetails, type Problem, Tc3Error } from "./tc3-error.ts";

/** What both errors about an input share. */
class InputError extends Tc3Error {
  /** All of them, not the first. */
  declare readonly problems: Problem[];

  constructor(message: string, details: ErrorDetails & { problems: Problem[] }) {
    super(message, details);
  }
}

/** Nothing was sent: the input is not what the service takes. */
export class ValidationError extends InputError {
  override readonly name = "ValidationError";

  static of(problems: Problem[]): ValidationError {
    const remedy = "Correct what `problems` names, then call again.";
    return new ValidationError(list(problems), {
      ...NOT_SENT,
      code: "InvalidInput",
      remedy,
      problems,
    });
  }
}

/** Nothing was sent: the credential cannot sign. */
export class CredentialError extends InputError {
  override readonly name = "CredentialError";

  static of(problems: Problem[], otherRemedy?: string): CredentialError {
    const remedy =
      otherRemedy ??
      (problems.some(({ code }) => code === "Missing")
        ? "Give both the secret id and the secret key."
        : "Copy the secret id and the secret key again, without spaces around them.");
    return new CredentialError(list(problems), {
      ...NOT_SENT,
      code: "InvalidCredential",
      remedy,
      problems,
    });
  }

  /** The function that should give one failed. */
  static notGiven(cause: unknown): CredentialError {
    const message = "could not be had: the function that gives it failed, see `cause`";
    const problems = [{ path: "credential", code: "Missing", message }];
    const remedy = "Mend what gives the credential, then call again.";
    const code = "InvalidCredential";
    return new CredentialError(list(problems), { ...NOT_SENT, code, remedy, problems, cause });
  }
}

/** The WebAssembly module could not be started, or broke during a call. */
export class LoadError extends Tc3Error {
  override readonly name = "LoadError";

  /** Before anything was sent. */
  static of(message: string, code: string, remedy: string, cause: unknown): LoadError {
    return new LoadError(message, { ...NOT_SENT, code, remedy, cause });
  }
}

const NOT_SENT = { outcome: "notSent", retry: "never", attempts: 0 } as const;

function list(problems: Problem[]): string {
  return problems.map(({ path, message }) => `${path}: ${message}`).join("; ");
}

Object.assign(CLASSES, { ValidationError, CredentialError, LoadError });
