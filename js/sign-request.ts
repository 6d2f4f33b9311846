/** `signRequest`: a standard Request goes in and comes out signed. */

import { toBytes } from "./bytes.ts";
import { readProblems, start } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import type { Problem } from "./errors.ts";
import { formOf } from "./form.ts";
import { encodeHead, HEAD, type HeadMembers, TC3 } from "./head.ts";
import { signerCore } from "./load/signer.ts";
import { web } from "./load/web.ts";
import { readMembers, type Shape } from "./members.ts";
import { problemsError, wrong } from "./problems.ts";
import type { SignInput } from "./signing.ts";
import { textOf } from "./text-of.ts";

/** What a Request does not say itself. */
export type SignRequestInput = Pick<
  SignInput,
  | "service"
  | "action"
  | "version"
  | "region"
  | "host"
  | "timestamp"
  | "signedHeaders"
  | "canonicalValues"
  | "unsignedPayload"
  | "language"
  | "requestClient"
  | "traceId"
  | "insecureHttp"
>;

const { endpoint: _endpoint, sentHost: _sent, scheme: _scheme, headers: _headers, ...OWN } = HEAD;
const INPUT: Shape = { ...OWN, ...TC3 };

/**
 * Signs a standard Request, whose body it uses up, and gives a new one to hand to `fetch`. Method, host, query,
 * headers and body are the request's own; redirects are not followed.
 */
export async function signRequest(
  credential: Credential,
  request: Request,
  input: SignRequestInput,
): Promise<Request> {
  const who = readCredential(credential);
  const members = readMembers(input, INPUT);
  refuse(request);
  const [{ body, contentType }] = await Promise.all([readBody(request), web.ready()]);
  const form = { method: "", contentType, query: "", payload: "" };
  const { parts, count, timestamp } = encodeHead(who, members as HeadMembers, form);
  const [head, key] = [toBytes(String(parts[0])), toBytes(who.secretKey)];
  try {
    return await web.run((module) =>
      module.signRequest(request, head, count, key, body, timestamp),
    );
  } catch (cause) {
    if (typeof cause === "string")
      throw problemsError(readProblems(cause.split("\0")).map(ofRequest));
    throw cause;
  }
}

/** The member of the request that a problem of the head means. */
const MEMBERS: Record<string, string> = {
  method: "method",
  query: "url",
  scheme: "url",
  sentHost: "url",
  contentType: "headers.content-type",
};

function ofRequest(problem: Problem): Problem {
  const { path } = problem;
  const member = path.startsWith("headers.") ? path : MEMBERS[path];
  return member === undefined ? problem : { ...problem, path: `request.${member}` };
}

function refuse(request: Request): void {
  if (!(request instanceof Request)) throw wrong("request", "must be a Request", "Type");
  if (request.mode === "no-cors") {
    const message = "is `no-cors`, which drops the headers of a signed request; leave it out";
    throw wrong("request.mode", message);
  }
  if (request.bodyUsed || request.body?.locked) {
    throw wrong("request.body", "was read before; sign the request first, or a clone");
  }
}

/**
 * The body's bytes; they are used up. A platform's own boundary has capitals, on which two readings of the signature
 * differ: such a form is framed anew.
 */
async function readBody(request: Request) {
  const type = request.headers.get("Content-Type") ?? "";
  const own = /^multipart\/form-data\b/i.test(type) && /[A-Z]/.test(type);
  const read = own ? request.formData() : request.arrayBuffer();
  const content = await read.catch((cause) => {
    throw wrong("request.body", `could not be read: ${textOf(cause)}`);
  });
  if (content instanceof ArrayBuffer) return { body: new Uint8Array(content), contentType: "" };
  const makeForm = formOf({ parts: content });
  await start(signerCore);
  const { body, contentType } = await makeForm(signerCore);
  return { body: body as Uint8Array, contentType };
}
