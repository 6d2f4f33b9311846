/**
 * What only people read: the meaning of the service's codes in English and Chinese, and why a signature failed, in
 * a module that loads when it is first asked.
 *
 * @module
 */

import { loadExplain } from "./load/explain.ts";

export type { Credential } from "./credential.ts";
export {
  type Cause,
  type CauseName,
  type DiagnoseOptions,
  type Diagnosis,
  diagnose,
} from "./diagnose.ts";
export type { Received } from "./received.ts";

/** The texts of one code. */
export interface CodeTexts {
  code: string;
  meaningEn: string;
  meaningZh: string;
  remedyEn: string;
  remedyZh: string;
}

/** The texts of an error's code, or of its family; nothing for a code that is not known. */
export async function explainError(error: { code: string }): Promise<CodeTexts | undefined> {
  const glue = await loadExplain();
  return (glue.explainCode(error.code) as CodeTexts | null) ?? undefined;
}
