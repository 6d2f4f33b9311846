/** Which Host a request may bring: a page elsewhere can have its own name resolve to loopback, and call as if it were ours. */

import { isIPv4 } from "node:net";
import { isNamed, LOCAL_NAMES } from "./names.ts";

/** A header as it arrived. */
type Header = [name: string, value: string];

/** A name or an address, and a port that counts for nothing: it does not tell who calls. */
const HOST = /^(\[::1\]|[^[\]:]+)(:\d{1,5})?$/;

/** Says why a request must not be answered, or nothing where its Host is this machine or one of `names`. */
export function refusalOfHost(
  headers: readonly Header[],
  names: readonly string[],
): string | undefined {
  const hosts = headers.filter(([name]) => name.toLowerCase() === "host");
  const [host = ""] = hosts.map(([, value]) => value);
  if (hosts.length === 1 && isKnown(host, names)) return undefined;
  return `This sandbox does not answer to that Host, so that no page elsewhere can reach it by a name of its own.
Call it by 127.0.0.1 or localhost, or allow the name when it is started:
  npm run sandbox -- --host NAME        serveSandbox({ hosts: ["NAME"] })
`;
}

function isKnown(host: string, names: readonly string[]): boolean {
  const name = HOST.exec(host)?.[1];
  if (name === undefined) return false;
  const address = name === "[::1]" || (isIPv4(name) && name.startsWith("127."));
  return address || isNamed(name, LOCAL_NAMES) || isNamed(name, names);
}
