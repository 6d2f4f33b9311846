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

const CREDENTIAL = { secretId: aText, secretKey: aText, token: aText, expiresAt: aNumber } as const;
const NAMES = Object.keys(CREDENTIAL) as (keyof Credential)[];

/** A copy of a credential, whose members may have been read. Errors name members, never their values. */
export function readCredential(credential: Credential, read = credential): Credential {
  try {
    const copy: Partial<Credential> = readMembers(credential, CREDENTIAL, "credential.", read);
    copy.secretId ??= "";
    copy.secretKey ??= "";
    return copy as Credential;
  } catch (error) {
    if (error instanceof ValidationError) throw CredentialError.of(error.problems);
    throw error;
  }
}

/** Whether every member is the same. */
export function isSame(one: Credential | undefined, other: Credential): boolean {
  return NAMES.every((name) => one?.[name] === other[name]);
}
