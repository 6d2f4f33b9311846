/** How the package's own errors about an input are made. */

import { CredentialError, type Problem, ValidationError } from "./errors.ts";

/** The error for one wrong member. */
export function wrong(path: string, message: string, code = "Value"): ValidationError {
  return ValidationError.of([{ path, code, message }]);
}

/** Throws the error for wrong members, if there are any. */
export function throwAny(problems: Problem[]): void {
  if (problems.length > 0) throw ValidationError.of(problems);
}

/** The error for problems that the core found: the credential's apart, since other people mend them. */
export function problemsError(problems: Problem[]): ValidationError | CredentialError {
  const all = problems.every((problem) => problem.path.startsWith("credential."));
  return all ? CredentialError.of(problems) : ValidationError.of(problems);
}
