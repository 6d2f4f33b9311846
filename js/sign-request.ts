/** `signRequest`: a standard Request goes in and comes out signed. */

import { type Core, readProblems, type SignerExports } from "./core.ts";
import { type Credential, readCredential } from "./credential.ts";
import { problemsError, ValidationError } from "./errors.ts";
import { draftForm, finishForm, readBlobs } from "./form.ts";
import { encodeHead, type HeadMembers } from "./head.ts";
import { web } from "./load/web.ts";
import { readMembers, type Shape } from "./members.ts";
import type { SignInput } from "./signing.ts";

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
  | "payloadHash"
  | "language"
  | "requestClient"
  | "traceId"
  | "insecureHttp"
>;

const INPUT: Shape = {
  service: "text",
  action: "text",
  version: "text",
  region: "text",
  host: "text",
  timestamp: "number",
  signedHeaders: "names",
  canonicalValues: ["lower", "asSent"],
  unsignedPayload: "boolean",
  payloadHash: "text",
  language: "text",
  requestClient: "text",
  traceId: "text",
  insecureHttp: "boolean",
};

/** Signs a Request over a core that frames multipart bodies. */
export async function signRequest(
  core: Core<SignerExports>,
  credential: Credential,
  request: Request,
  input: SignRequestInput,
): Promise<Request> {
  const who = readCredential(credential);
  const members = readMembers(input, INPUT);
  refuse(request);
  const [{ body, contentType }] = await Promise.all([readBody(core, request), web.ready()]);
  const form = { method: "", contentType, query: "", payload: "" };
  const { parts, count } = encodeHead(who, members as HeadMembers, form);
  const timestamp = members.timestamp ?? Math.floor(Date.now() / 1000);
  try {
    return await web.run((module) =>
      module.signRequest(request, String(parts[0]), count, who.secretKey, body, timestamp),
    );
  } catch (cause) {
    if (typeof cause === "string") throw problemsError(readProblems(cause.split("\0")));
    throw cause;
  }
}

function refuse(request: Request): void {
  if (!(request instanceof Request)) throw problem("request", "Type", "must be a Request");
  if (request.mode === "no-cors") {
    const message = "is `no-cors`, which drops the headers of a signed request; leave it out";
    throw problem("request.mode", "Value", message);
  }
  if (request.bodyUsed) {
    throw problem("request.body", "Value", "was read before; sign the request first, or a clone");
  }
}

/**
 * The body's bytes; they are used up. A platform's own boundary has capitals, on which two readings of the signature
 * differ: such a form is framed anew.
 */
async function readBody(core: Core<SignerExports>, request: Request) {
  const type = request.headers.get("Content-Type") ?? "";
  if (/^multipart\/form-data\b/i.test(type) && /[A-Z]/.test(type)) {
    const draft = await readBlobs(draftForm({ parts: await request.formData() }));
    await core.ready();
    const { body, contentType } = finishForm(core, draft);
    return { body: body as Uint8Array, contentType };
  }
  return { body: new Uint8Array(await request.arrayBuffer()), contentType: "" };
}

function problem(path: string, code: string, message: string): ValidationError {
  return ValidationError.of([{ path, code, message }]);
}
