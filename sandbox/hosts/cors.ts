/** What a page of another origin may do: nothing, as at the service, unless its origin was named. Never every origin. */

/** A header as it arrived, or as it is sent. */
type Header = [name: string, value: string];

/** What is said of a request's origin, beside its answer. */
export interface Permission {
  headers: Header[];
  /** Whether these headers are the whole answer: the sandbox knows nothing of preflights, as the service. */
  preflight: boolean;
}

/** What pages read beside the body: the clock, how long to wait, and what support asks for. */
const EXPOSED = "Date, Retry-After, X-TC-RequestId, X-TC-TraceId";

const NAMES_OF_HEADERS = /^[\w-]+(, ?[\w-]+)*$/;

/** Gives origins as browsers send them; throws where one is none, so that a mistyped one is not overlooked. */
export function readOrigins(given: readonly string[]): string[] {
  return given.map((origin) => {
    const read = URL.canParse(origin) ? new URL(origin) : undefined;
    // Behind an origin nothing may follow, not even a slash; `null` is the origin of every sandboxed frame.
    const exact = read?.host && read.origin === origin.toLowerCase();
    if (exact && !origin.includes("*")) return read.origin;
    throw new Error(`${origin} is no origin: give one such as http://localhost:5173, and never *`);
  });
}

/** Says what a request's origin is permitted, where it is one of `origins`. */
export function permit(
  method: string,
  headers: readonly Header[],
  origins: readonly string[],
): Permission {
  if (origins.length === 0) return { headers: [], preflight: false };
  // Also for others: a cache must not give them what was said to a permitted one.
  const said: Header[] = [["Vary", "Origin"]];
  const origin = only(headers, "origin");
  if (origin === undefined || !origins.includes(origin)) return { headers: said, preflight: false };
  said.push(["Access-Control-Allow-Origin", origin], ["Access-Control-Expose-Headers", EXPOSED]);
  const preflight =
    method === "OPTIONS" && only(headers, "access-control-request-method") !== undefined;
  if (preflight) {
    said.push(["Access-Control-Allow-Methods", "POST"]);
    const asked = only(headers, "access-control-request-headers") ?? "";
    // Which headers it signs is the caller's choice, so that no list of them can be right.
    if (NAMES_OF_HEADERS.test(asked)) said.push(["Access-Control-Allow-Headers", asked]);
  }
  return { headers: said, preflight };
}

/** The value of a header that was sent once. */
function only(headers: readonly Header[], wanted: string): string | undefined {
  const found = headers.filter(([name]) => name.toLowerCase() === wanted);
  return found.length === 1 ? found[0]?.[1] : undefined;
}
