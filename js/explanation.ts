/** `explain`: every step of a signature. */

import { readAsked } from "./again.ts";
import { run } from "./core.ts";
import type { Credential } from "./credential.ts";
import { aBoolean } from "./kinds.ts";
import { inspectCore } from "./load/inspect.ts";
import { readMembers } from "./members.ts";
import { readySign, type Signed, type SignInput, signed } from "./signing.ts";

/** Every value on the way to a signature; digests are 64 lower-case hexadecimal digits. */
export interface Explanation extends Signed {
  /** Method, path, query, headers, their names and the payload's digest, a line each. */
  canonicalRequest: string;
  /** The digest of the body. */
  hashedPayload: string;
  /** The digest of the canonical request. */
  hashedCanonicalRequest: string;
  /** `YYYY-MM-DD/<service>/tc3_request`, in UTC. */
  credentialScope: string;
  /** Algorithm, timestamp, scope and the canonical request's digest, a line each. */
  stringToSign: string;
  /** The HMAC of the string to sign; live for five minutes. */
  signature: string;
  /** The header as it is sent; live for five minutes. */
  authorization: string;
  /** Lower-case names joined by `;`. */
  signedHeaders: string;
  /** Only where asked for; not enumerable, so that printing the explanation does not show them. */
  keys?: { secretDate: string; secretService: string; secretSigning: string };
}

const OPTIONS = { keys: aBoolean };

/** Signs as `sign` does, and gives every intermediate value. `keys: true` adds the three derived keys. */
export function explain(
  credential: Credential,
  input: SignInput,
  options: { keys?: boolean } = {},
): Explanation {
  const withKeys = readMembers(options, OPTIONS).keys === true;
  const { parts, count, form, length, timestamp } = readySign(
    inspectCore,
    readAsked(credential, input),
  );
  const values = run(inspectCore, parts, (module, head, key, payload) =>
    module.explain(head, count, key, payload, timestamp, length, withKeys),
  );
  const [hashedPayload, canonicalRequest, hashedCanonicalRequest, credentialScope] = values;
  const [stringToSign, signature, authorization, signedHeaders] = values.slice(4);
  const explanation = {
    ...signed(values.slice(11), form),
    canonicalRequest,
    hashedPayload,
    hashedCanonicalRequest,
    credentialScope,
    stringToSign,
    signature,
    authorization,
    signedHeaders,
  } as Explanation;
  if (withKeys) {
    const [secretDate, secretService, secretSigning] = values.slice(8);
    const keys = { secretDate, secretService, secretSigning };
    Object.defineProperty(explanation, "keys", { value: keys });
  }
  return explanation;
}
