/** A request as it arrived: its target as it was sent, and its headers with the host that the platform hides. */

import { ValidationError } from "./errors.ts";

/** A request as it arrived. */
export interface Received {
  method: string;
  /** Whole, or path and query. */
  url: string;
  headers: Record<string, string> | Headers;
  body?: string | Uint8Array;
}

/** What the core asks of one; nothing in it is checked. */
export interface ReceivedHead {
  target: string;
  headers: [string, string][];
  /** The host of a whole URL. */
  urlHost?: string;
}

/** Target, headers and host. */
export function readHead(received: Received): ReceivedHead {
  const sent = received.headers;
  const headers = sent instanceof Headers ? [...sent] : Object.entries(sent);
  // The target is taken as it was sent: a URL parser would rewrite it.
  const [, origin = "", rest = ""] = /^(https?:\/\/[^/?#]*)?([^#]*)/i.exec(received.url) ?? [];
  const target = rest.startsWith("/") ? rest : `/${rest}`;
  if (!URL.canParse(origin)) return { target, headers };
  const urlHost = new URL(origin).host;
  // Where the platform hides it, the host is that of the URL.
  if (headerOf(headers, "host") === undefined) headers.push(["host", urlHost]);
  return { target, headers, urlHost };
}

/** The first value of a header; `name` in lower case. */
export function headerOf(headers: [string, string][], name: string): string | undefined {
  return headers.find(([sent]) => sent.toLowerCase() === name)?.[1];
}

/** The body, which is nothing but text or bytes. */
export function readBody({ body = "" }: Received): string | Uint8Array {
  if (typeof body === "string" || body instanceof Uint8Array) return body;
  const message = "must be a text or a Uint8Array";
  throw ValidationError.of([{ path: "body", code: "Type", message }]);
}
