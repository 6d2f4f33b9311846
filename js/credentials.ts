/** A credential that a function gives: kept until shortly before it expires, and asked for by one caller at a time. */

import { type Credential, isSame, readCredential } from "./credential.ts";
import { CredentialError, Tc3Error } from "./errors.ts";

/** Gives a credential; it is asked again shortly before the `expiresAt` of what it gave, without one at each call. */
export type CredentialProvider = () => Credential | PromiseLike<Credential>;

/** So long before it expires a credential is asked for anew, in milliseconds: a call may take that long. */
const AHEAD = 120_000;

/**
 * Gives the function's credential. What fails is not kept, and the one before serves while it is valid.
 *
 * @param check refuses what may not be used here
 * @throws CredentialError
 */
export function refreshed(
  provide: CredentialProvider,
  now: () => number,
  check: (credential: Credential) => void,
): () => Promise<Credential> {
  let held: Credential | undefined;
  let asking: Promise<Credential> | undefined;
  const refresh = async () => {
    try {
      const given = readCredential(await provide());
      check(given);
      // The same one goes on with what was kept of it.
      if (!isSame(held, given)) held = given;
      return held as Credential;
    } catch (cause) {
      throw Tc3Error.is(cause) ? cause : CredentialError.notGiven(cause);
    } finally {
      asking = undefined;
    }
  };
  return async () => {
    const before = held;
    const rest = before?.expiresAt === undefined ? 0 : before.expiresAt - now();
    if (before && rest > AHEAD) return before;
    asking ??= refresh();
    return before && rest > 0 ? asking.catch(() => before) : asking;
  };
}
