/**
 * The form of a request: what its method, its content type and its body or query are. It is drafted at once, with
 * every value read, so that nothing changes while a call waits; then its Blobs are read, where that is possible.
 */

import { atOnce, type Content, type Ready, readBlob, readContent } from "./content.ts";
import type { Core, Part as CorePart, FormExports } from "./core.ts";
import type { Problem } from "./errors.ts";
import { writeJson } from "./json.ts";
import { anObject, aPayload, aText, formParts } from "./kinds.ts";
import type { Shape } from "./members.ts";
import { assemble, type DraftPart, draftParts, type FormPart, readPart } from "./multipart.ts";
import { throwAny } from "./problems.ts";

/** The members that make a request's form. */
export interface FormInput {
  /** @default "POST" */
  method?: "POST" | "GET";
  /** POST: an object is written as JSON; a text or bytes are sent as they are. @default {} */
  payload?: object | string | Uint8Array;
  /** GET: flattened to `A.0.B=…` and escaped after RFC 3986; up to 32 KB. */
  params?: object;
  /** GET: a query that is encoded already, signed and sent as it is. */
  query?: string;
  /** POST multipart/form-data, for the few actions that take it. */
  parts?: FormPart[] | FormData;
  /** Of `parts`; lower-case. @default a random one */
  boundary?: string;
  /** @default "application/json; charset=utf-8"; what `parts` and GET need for those */
  contentType?: string;
  /** Whether `null` members of objects are sent; `null` items of lists always are. @default "omit" */
  nulls?: "omit" | "send";
  /** The body's SHA-256 where it was made elsewhere: 64 lower-case hexadecimal digits. `payload` may then be left out. */
  payloadHash?: string;
}

/** The same, where waiting is possible: a body may also be a Blob. */
export interface AsyncFormInput extends Omit<FormInput, "payload"> {
  /** POST: an object is written as JSON; a text, bytes or a Blob are sent as they are. @default {} */
  payload?: object | string | Uint8Array | Blob;
}

/** Their types, for `readMembers`. */
export const FORM: Shape = {
  method: ["POST", "GET"],
  payload: aPayload,
  params: anObject,
  query: aText,
  parts: formParts,
  boundary: aText,
  contentType: aText,
  nulls: ["omit", "send"],
};

/** A request's form, ready for the core. */
export interface Form {
  method: string;
  contentType: string;
  query: string;
  /** What the core hashes, or flattens into a query. */
  payload: CorePart;
  /** What is sent; a GET sends nothing. */
  body?: string | Uint8Array<ArrayBuffer>;
}

export const JSON_TYPE = "application/json; charset=utf-8";
/** Of a GET, and of a form that was signed the older way. */
export const FORM_TYPE = "application/x-www-form-urlencoded";

/** Gives a form whose every value was read before, when its Blobs are read too; at once where there are none. */
export type MakeForm = (core: Core<FormExports>) => Form | Promise<Form>;

/** A form whose every value was read. */
interface Draft {
  method: string;
  contentType: string;
  query: string;
  /** A body, its parts, or the JSON text of a GET's parameters; nothing where only a digest is known. */
  content?: Content | DraftPart[];
  boundary?: string | undefined;
}

/** Reads the input. The caller's objects are not changed, and bytes are copied, since the caller may change theirs. */
export function draftForm(input: AsyncFormInput): Draft {
  const { method = "POST", query = "", nulls, parts, params, payload } = input;
  const isGet = method === "GET";
  refuseStrangers(input, isGet);
  const contentType = input.contentType ?? (isGet ? FORM_TYPE : JSON_TYPE);
  // Small requests are signed often, and copies of objects cost more than what is done with them.
  const draft: Draft = { method, contentType, query };
  if (isGet) draft.content = params ? writeJson(params, nulls, "params") : "";
  else if (parts) {
    draft.content = draftParts(parts, nulls);
    draft.boundary = input.boundary;
  } else if (payload !== undefined || input.payloadHash === undefined) {
    draft.content = readContent(payload ?? {}, nulls);
  }
  return draft;
}

/** Reads the input now, and its Blobs when it is asked for the form. */
export function formOf(input: AsyncFormInput): MakeForm {
  const draft = draftForm(input);
  const mayWait = draft.content instanceof Blob || Array.isArray(draft.content);
  if (!mayWait) return (core) => finishForm(core, draft);
  return async (core) => finishForm(core, await readBlobs(draft));
}

/** The same for a POST that holds this payload, without what other forms need. */
export function formOfPayload(payload: unknown): MakeForm {
  const content = readContent(payload ?? {});
  if (content instanceof Blob) return async () => formOfJson(await readBlob(content, "payload"));
  return () => formOfJson(content);
}

function formOfJson(body: Ready): Form {
  return { method: "POST", contentType: JSON_TYPE, query: "", payload: body, body };
}

async function readBlobs(draft: Draft): Promise<Draft> {
  const { content } = draft;
  if (content === undefined) return draft;
  const read = Array.isArray(content)
    ? Promise.all(content.map(readPart))
    : readBlob(content, "payload");
  return { ...draft, content: await read };
}

/** The form of a draft without Blobs. */
export function finishForm(core: Core<FormExports>, draft: Draft): Form {
  const { content, boundary: asked, method, contentType, query } = draft;
  if (Array.isArray(content)) {
    const { body, boundary } = assemble(core, content, asked);
    const type = `multipart/form-data; boundary=${boundary}`;
    return { method, contentType: type, query, payload: body, body };
  }
  const payload = atOnce(content ?? "", "payload");
  const form: Form = { method, contentType, query, payload };
  if (method === "POST" && content !== undefined) form.body = payload;
  return form;
}

/** A member that a form does not use is named, none is ignored. */
function refuseStrangers(input: AsyncFormInput, isGet: boolean): void {
  const problems: Problem[] = [];
  const isPost = !isGet && !input.parts;
  const only = (path: keyof AsyncFormInput, isUsed: boolean, message: string) => {
    if (input[path] !== undefined && !isUsed) problems.push({ path, code: "Value", message });
  };
  only("params", isGet, "is for GET; a POST takes `payload`");
  only("query", isGet && !input.params, "is for a GET without `params`");
  only("payload", isPost, "is for a POST without `parts`; a GET takes `params`");
  only("parts", !isGet, "is for POST; a GET takes `params`");
  only("boundary", !isGet && !isPost, "is for `parts`");
  only("contentType", isGet || isPost, "is made with the boundary of `parts`");
  only("payloadHash", isPost, "is for a POST's `payload`");
  throwAny(problems);
}
