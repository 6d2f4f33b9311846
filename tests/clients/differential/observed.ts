/** What an SDK did in one call: the request that it sent, and what it hashed on the way. */

import assert from "node:assert/strict";
import type { Call } from "./requests.ts";

/** Bytes are in base64, digests too. */
export interface Observed {
  method: string;
  url: string;
  /** Names in lower case. */
  headers: Record<string, string>;
  body: string;
  /** Each SHA-256, in order; absent where the SDK's language has no way to watch it. */
  hashes?: Digest[];
  /** Each HMAC, in order. */
  macs?: (Digest & { key: string })[];
}

export interface Digest {
  input: string;
  digest: string;
}

/** A driver of an official SDK. */
export type Official = (calls: Call[]) => Promise<Observed[]>;

/** The values on the way to a TC3 signature, as the SDK computed them; nothing where they could not be watched. */
export function steps({ hashes, macs }: Observed) {
  if (!hashes || !macs) return undefined;
  assert.equal(hashes.length, 2, "the payload and the canonical request are hashed");
  assert.equal(macs.length, 4, "three keys and the signature are made");
  const [payload, request] = hashes;
  const [date, service, signing, signature] = macs;
  return {
    hashedPayload: hex(payload?.digest),
    canonicalRequest: text(request?.input),
    hashedCanonicalRequest: hex(request?.digest),
    stringToSign: text(signature?.input),
    signature: hex(signature?.digest),
    secretDate: hex(date?.digest),
    secretService: hex(service?.digest),
    secretSigning: hex(signing?.digest),
  };
}

export function text(base64 = ""): string {
  return Buffer.from(base64, "base64").toString();
}

function hex(base64 = ""): string {
  return Buffer.from(base64, "base64").toString("hex");
}
