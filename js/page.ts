/** What is refused in a page, since it is hardly ever meant: a long-lived key, and a call that goes to the service itself. */

import type { Credential } from "./credential.ts";
import { CredentialError } from "./errors.ts";
import { wrong } from "./problems.ts";

interface Globals {
  process?: { versions?: { node?: string; electron?: string } };
}

/** The service's own hosts, those of its further domains too. */
const SERVICE = /(^|\.)tencentcloudapi\.(com|com\.cn|cn)\.?$/;

/**
 * Whether code runs in a page or in a page's worker: both have IndexedDB, and no server has. Node with a page's globals
 * (a test under jsdom, a page that is rendered on a server) hands nothing to people, so it is none; Electron's renderer is.
 */
export function isPage(globals: object): boolean {
  const { node, electron } = (globals as Globals).process?.versions ?? {};
  return "indexedDB" in globals && (!node || !!electron);
}

/** Refuses a key without a token in a page. */
export function refuseKey(credential: Credential | undefined, globals: object): void {
  if (!credential || credential.token || !isPage(globals)) return;
  const message =
    "is a long-lived key, which whoever opens the page can read: keep it on a server, and give the page temporary credentials, or say `allowKeyInPage: true`";
  const remedy = "Give the page temporary credentials, or call from a server.";
  throw CredentialError.of([{ path: "credential", code: "InPage", message }], remedy);
}

/** Refuses a page's call to the service's own hosts. */
export function refuseDirect(url: string, globals: object): void {
  if (!isPage(globals) || !SERVICE.test(new URL(url).hostname)) return;
  const message =
    "is the service itself, which is reported to answer no page: name a gateway by `endpoint` or `sentHost`, call from a server or a Worker, or say `allowDirectFromPage: true`";
  throw wrong("endpoint", message, "InPage");
}
