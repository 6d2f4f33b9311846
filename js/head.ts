/** A request's head as the core reads it: the order of these values is that of src/wasm/signer.rs. */

import type { Part } from "./core.ts";
import type { Credential } from "./credential.ts";

/** Every member is a text; an absent one is empty. */
export interface Head {
  service: string;
  scheme: string;
  host: string;
  action: string;
  version: string;
  region: string;
  contentType: string;
  signedHeaders: string;
  headers: Record<string, string>;
}

/** The parts that the core signs, and how many values the first of them holds. */
export function encodeHead(
  credential: Credential,
  head: Head,
  payload: Part,
): { parts: Part[]; count: number } {
  const values = [
    credential.secretId,
    credential.token ?? "",
    head.service,
    head.scheme,
    head.host,
    head.action,
    head.version,
    head.region,
    head.contentType,
    head.signedHeaders,
    ...Object.entries(head.headers).flat(),
  ];
  return { parts: [values.join("\0"), credential.secretKey, payload], count: values.length };
}

/** Names and values that the core left in pairs. */
export function decodeHeaders(values: string[]): Record<string, string> {
  const headers: Record<string, string> = {};
  for (let at = 0; at + 1 < values.length; at += 2) {
    headers[values[at] as string] = values[at + 1] as string;
  }
  return headers;
}

/** A host as the platform's URL parser writes it, since that is the host that it sends. */
export function normalizeHost(scheme: string, host: string): string {
  try {
    const url = new URL(`${scheme}://${host}/`);
    // What holds more than a host is left as it is, for the core to refuse.
    return url.href === `${scheme}://${url.host}/` ? url.host : host;
  } catch {
    return host;
  }
}
