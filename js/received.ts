/** A request as it arrived: its target as it was sent, and its headers with the host that the platform hides. */

import { copyBytes } from "./bytes.ts";
import { wrong } from "./problems.ts";

/** A request as it arrived. What `sign` and `explain` give is one too: further members are passed over. */
export interface Received {
  /** `GET` or `POST`. */
  method: string;
  /** Whole, or path and query. */
  url: string;
  /** By name, in any letter case. */
  headers: Record<string, string> | Headers;
  /** As it arrived; left out where there is none. */
  body?: string | Uint8Array;
}

/** What the core asks of one. */
export interface ReceivedRequest {
  method: string;
  target: string;
  /** As they are: a platform may hand over lists, too. */
  headers: [string, unknown][];
  /** The host of a whole URL. */
  urlHost?: string;
  body: string | Uint8Array;
}

/** Reads one; `where` stands before each path, such as `subject.`. */
export function readReceived(input: Received, where = ""): ReceivedRequest {
  const name = where.replace(/\.$/, "") || "received";
  if (typeof input !== "object" || input === null) throw wrong(name, "must be an object", "Type");
  if (input instanceof Request) {
    const message =
      "is a Request: give its method, its url, its headers and its body, read as text or bytes";
    throw wrong(name, message, "Type");
  }
  const { method, url, headers: sent, body = "" } = input;
  for (const [member, value] of Object.entries({ method, url })) {
    if (typeof value !== "string") throw wrong(`${where}${member}`, "must be a text", "Type");
  }
  if (typeof sent !== "object" || sent === null) {
    throw wrong(`${where}headers`, "must be an object of texts, or Headers", "Type");
  }
  if (typeof body !== "string" && !(body instanceof Uint8Array)) {
    throw wrong(`${where}body`, "must be a text or a Uint8Array", "Type");
  }
  const headers: [string, unknown][] = sent instanceof Headers ? [...sent] : Object.entries(sent);
  // The target is taken as it was sent: a URL parser would rewrite it.
  const [, origin = "", rest = ""] = /^(https?:\/\/[^/?#]*)?([^#]*)/i.exec(url) ?? [];
  const target = rest.startsWith("/") ? rest : `/${rest}`;
  const bytes = typeof body === "string" ? body : copyBytes(body, `${where}body`);
  const request = { method, target, headers, body: bytes };
  const urlHost = hostOf(origin);
  if (urlHost === undefined) return request;
  // Where the platform hides it, the host is that of the URL.
  if (headerOf(headers, "host") === undefined) headers.push(["host", urlHost]);
  return { ...request, urlHost };
}

/** A name that the URL parser leaves as it is; no address, no port, and no name of another script. */
const PLAIN_HOST = /^https?:\/\/((?!xn--)[a-z0-9]+\.)+(?!xn--)[a-z]+$/;

/** The host of an origin as the platform's URL parser writes it, which takes as long as a signature; none of what is no origin. */
function hostOf(origin: string): string | undefined {
  if (PLAIN_HOST.test(origin)) return origin.slice(origin.indexOf("//") + 2);
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}

/** The first value of a header; `name` in lower case. */
export function headerOf(headers: [string, unknown][], name: string): unknown {
  return headers.find(([sent]) => sent.toLowerCase() === name)?.[1];
}
