/**
 * What only people read: the meaning of the service's codes in English and Chinese, and why a signature failed. Each
 * has a module that loads when it is first asked.
 *
 * @module
 */

import { explain } from "./load/explain.ts";
import { wrong } from "./problems.ts";

export type { Credential } from "./credential.ts";
export {
  type Cause,
  type CauseName,
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
} from "./diagnose.ts";
export { CredentialError, LoadError, ValidationError } from "./errors.ts";
export type { Received } from "./received.ts";
export type { CheckName, Verification } from "./verify.ts";

/** The texts of one code. */
export interface CodeTexts {
  /** The code, or the family that is known of it. */
  code: string;
  /** What it means, in English. */
  meaningEn: string;
  /** The same in Chinese. */
  meaningZh: string;
  /** What to do next, in English. */
  remedyEn: string;
  /** The same in Chinese. */
  remedyZh: string;
}

/** The texts of an error's code, or of its family; nothing for a code that is not known. */
export async function explainError(error: { code: string }): Promise<CodeTexts | undefined> {
  if (typeof error?.code !== "string") throw wrong("error", "must be an error with a code", "Type");
  const texts = await explain.run((module) => module.explainCode(error.code));
  return (texts as CodeTexts | null) ?? undefined;
}
