/** A request's head as the core reads it: the order of these values is that of src/wasm/signer.rs. */

import { byteLength } from "./bytes.ts";
import type { Part } from "./core.ts";
import type { Credential } from "./credential.ts";
import type { Form } from "./form.ts";
import { aBoolean, aNumber, aText, headerNames, isText, texts } from "./kinds.ts";
import type { Shape } from "./members.ts";

/** The members that say where a request goes and how it is signed; every one may be absent. */
export interface HeadMembers {
  service?: string;
  action?: string;
  version?: string;
  region?: string;
  endpoint?: string;
  host?: string;
  sentHost?: string;
  scheme?: string;
  insecureHttp?: boolean;
  timestamp?: number;
  language?: string;
  requestClient?: string;
  traceId?: string;
  headers?: Record<string, string>;
  signedHeaders?: string | string[];
  canonicalValues?: string;
  unsignedPayload?: boolean;
  payloadHash?: string;
  dryRun?: boolean;
  /** `false` where the payload is sent without the table's check. */
  validate?: boolean;
}

/** Their types, for `readMembers`: of those that every way of signing has. */
export const HEAD = {
  service: aText,
  action: aText,
  version: aText,
  region: aText,
  endpoint: aText,
  host: aText,
  sentHost: aText,
  scheme: aText,
  insecureHttp: aBoolean,
  timestamp: aNumber,
  language: aText,
  requestClient: aText,
  traceId: aText,
  headers: texts,
} as const satisfies Shape;

/** The types of those that TC3 has beside them. */
export const TC3 = {
  signedHeaders: headerNames,
  canonicalValues: ["lower", "asSent"],
  unsignedPayload: aBoolean,
} as const satisfies Shape;

/** What the core signs. */
export interface Encoded {
  /** Head, secret key and payload. */
  parts: Part[];
  /** How many values the head holds. */
  count: number;
  /** In seconds. */
  timestamp: number;
  /** How many bytes a body has whose digest the core is given instead. */
  length: number;
}

/** Writes head, secret key and payload for the core. */
export function encodeHead(
  credential: Credential | undefined,
  members: HeadMembers,
  form: Form,
): Encoded {
  const { scheme = "https", signedHeaders = "action", headers, payloadHash } = members;
  let flags = "";
  if (members.unsignedPayload) flags += "u";
  if (members.insecureHttp) flags += "i";
  if (members.canonicalValues === "asSent") flags += "a";
  if (members.dryRun) flags += "d";
  if (members.validate === false) flags += "n";
  if (credential === undefined) flags += "s";
  // An absent value is joined as an empty text.
  const values = [
    credential?.secretId,
    credential?.token,
    form.method,
    members.service,
    scheme,
    members.endpoint,
    normalizeHost(scheme, members.host),
    normalizeHost(scheme, members.sentHost),
    members.action,
    members.version,
    members.region,
    form.contentType,
    members.language,
    members.requestClient,
    members.traceId,
    form.query,
    isText(signedHeaders) ? signedHeaders : signedHeaders.join(";"),
    payloadHash,
    flags,
  ];
  if (headers !== undefined) values.push(...Object.entries(headers).flat());
  const isHashed = payloadHash !== undefined;
  return {
    parts: [values.join("\0"), credential?.secretKey ?? "", isHashed ? "" : form.payload],
    count: values.length,
    timestamp: members.timestamp ?? Math.floor(Date.now() / 1000),
    length: isHashed ? byteLength(form.body ?? "") : 0,
  };
}

/** Names and values that the core left in pairs. */
export function decodeHeaders(values: string[]): Record<string, string> {
  // The core lets no `__proto__` be a name.
  const headers: Record<string, string> = {};
  for (let at = 0; at < values.length; at += 2) headers[values[at] ?? ""] = values[at + 1] ?? "";
  return headers;
}

/** A host as the platform's URL parser writes it, since that is the host that it sends; empty where none is given. */
function normalizeHost(scheme: string, host: string | undefined): string {
  if (host === undefined) return "";
  try {
    const url = new URL(`${scheme}://${host}/`);
    // What holds more than a host is left as it is, for the core to refuse.
    return url.href === `${scheme}://${url.host}/` ? url.host : `${host} `;
  } catch {
    return `${host} `;
  }
}
