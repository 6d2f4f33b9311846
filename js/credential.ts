/** Who signs. */

import { CredentialError, ValidationError } from "./errors.ts";
import { aNumber, aText } from "./kinds.ts";
import { readMembers } from "./members.ts";

/** A key pair, with the token that temporary ones have. */
export interface Credential {
  /** Names the key; it is sent with each request. */
  secretId: string;
  /** Signs, and is never sent. */
  secretKey: string;
  /** Of temporary keys; sent as X-TC-Token. */
  token?: string;
  /** When temporary ones expire, in milliseconds since 1970; a client asks its function for new ones ahead of it. */
  expiresAt?: number;
}

/** A copy of a credential. Errors name members, never their values. */
export function readCredential(credential: Credential): Credential {
  try {
    const shape = { secretId: aText, secretKey: aText, token: aText, expiresAt: aNumber } as const;
    const copy: Partial<Credential> = readMembers(credential, shape, "credential.");
    return { secretId: "", secretKey: "", ...copy };
  } catch (error) {
    if (error instanceof ValidationError) throw CredentialError.of(error.problems);
    throw error;
  }
}
