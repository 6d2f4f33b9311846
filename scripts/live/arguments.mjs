/** What `npm start -- --live` can be told. Plain JavaScript, so that a slip is told before anything is installed or built. */

import { parseArgs } from "node:util";

export const HELP = `Usage: npm start -- --live --service-id ID [options]

Refunds storage orders at the REAL service: reads them, shows the plan, asks for
the ServiceId to be typed, refunds, and reports. Nothing is sent before that but
requests that only read.

  --service-id ID  the service to refund (needed)
  --order-id ID    one order of it (default: every valid one)
  --region NAME    (default ap-guangzhou)
  --endpoint WHICH nearest (default), regional, internal, international, or an
                   origin such as http://127.0.0.1:4180, where a sandbox
                   listens; http only on this machine
  --journal FILE   keeps what was begun, so that another run goes on from there
                   (default ./tc3-edge-refunds.journal)
  --plan-only      reads and shows the plan, nothing else
  --whole          one request for the whole service in place of one for each
                   order; it also refunds what is bought meanwhile (default: no)
  --tries N        how many requests may be sent for one order, with those that
                   the journal knows; another one only when the one before did
                   nothing and cannot do anything any more (default 1)
  --settle HOW     what is done about a lost answer: wait until its request is
                   too late, about six minutes (default), or later: another run
                   does it
  --reuses-ids     the service may give a returned order's id again: a person
                   must then look where an answer is lost (default: no)
  --json           the report, or with --plan-only the plan, as JSON on stdout;
                   everything else on stderr. npm's own lines go with
                   npm start --silent -- --live --json (default: no)
  --help           this text

Credentials: TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, with a
temporary key also TENCENTCLOUD_TOKEN or TENCENTCLOUD_SESSION_TOKEN.

Exit status:
  0  all is done; or the plan was shown, with --plan-only
  1  nothing was sent: declined, the plan changed, or an error before
  2  nothing was sent: wrong options or credentials
  3  something is not done, or a person must look
After Ctrl-C npm itself ends with 130, whatever was done: the report says it.`;

const OPTIONS = /** @type {const} */ ({
  live: { type: "boolean" },
  "service-id": { type: "string" },
  "order-id": { type: "string" },
  region: { type: "string", default: "ap-guangzhou" },
  endpoint: { type: "string", default: "nearest" },
  journal: { type: "string", default: "tc3-edge-refunds.journal" },
  "plan-only": { type: "boolean", default: false },
  whole: { type: "boolean", default: false },
  tries: { type: "string", default: "1" },
  settle: { type: "string", default: "wait" },
  "reuses-ids": { type: "boolean", default: false },
  json: { type: "boolean", default: false },
  help: { type: "boolean", default: false },
});

const ENDPOINTS = ["nearest", "regional", "internal", "international"];

/** What is asked for cannot be done: nothing was read or sent. */
export class UsageError extends Error {}

/**
 * What is asked for; `undefined` where it is only the help.
 * @param {string[]} args
 */
export function readArguments(args) {
  const given = parsed(args);
  if (given.help) return undefined;
  const { "service-id": ServiceId, "order-id": OrderId, settle, tries, whole } = given;
  if (!ServiceId) throw new UsageError("--service-id ID is needed: the service to refund");
  if (OrderId === "") throw new UsageError("--order-id needs an id; leave it out for every order");
  mustBeEndpoint(given.endpoint);
  if (given.journal === "") throw new UsageError("--journal needs a file");
  /** @type {"wait" | "later" | undefined} */
  const how = settle === "wait" || settle === "later" ? settle : undefined;
  if (how === undefined) {
    throw new UsageError(`--settle takes wait or later, not ${JSON.stringify(settle)}`);
  }
  if (!/^[1-9]\d{0,2}$/.test(tries)) {
    throw new UsageError(`--tries takes a number from 1 to 999, not ${JSON.stringify(tries)}`);
  }
  if (whole && OrderId !== undefined) {
    throw new UsageError("--whole refunds every order: it does not go with --order-id");
  }
  return {
    target: { ServiceId, ...(OrderId !== undefined && { OrderId }) },
    region: given.region,
    endpoint: given.endpoint,
    journal: given.journal,
    planOnly: given["plan-only"],
    json: given.json,
    refund: { whole, tries: Number(tries), settle: how, reusesIds: given["reuses-ids"] },
  };
}

/**
 * Ends the program where it needs not begin, for the help or a wrong option; gives its exit status.
 * @param {string[]} args
 * @returns {number | undefined}
 */
export function endEarly(args) {
  try {
    if (readArguments(args)) return undefined;
    console.log(HELP);
    return 0;
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    console.error(
      `${error.message}\nNothing was read or sent. All options: npm start -- --live --help`,
    );
    return 2;
  }
}

/**
 * Whether a host is this machine.
 * @param {string} hostname as `URL` gives it
 */
export function isLoopback(hostname) {
  return /^(127(\.\d+){3}|(.+\.)?localhost|\[::1\])$/.test(hostname);
}

/** @param {string} text */
function mustBeEndpoint(text) {
  if (ENDPOINTS.includes(text)) return;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isSafe =
    url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url.hostname));
  if (isSafe && text.replace(/\/$/, "") === url?.origin) return;
  throw new UsageError(
    `--endpoint takes ${ENDPOINTS.join(", ")}, or an origin: https, or on this machine http; not ${JSON.stringify(text)}`,
  );
}

/** @param {string[]} args */
function parsed(args) {
  try {
    return parseArgs({ args, options: OPTIONS, strict: true }).values;
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
