/**
 * The form of a request: what its method, its content type and its body or query are. It is drafted at once, with
 * every value read, so that nothing changes while a call waits; then its Blobs are read, where that is possible.
 */

import type { Core, Part as CorePart, FormExports } from "./core.ts";
import { ValidationError } from "./errors.ts";
import { isWellFormed, writeJson } from "./json.ts";
import { anObject, aPayload, aText, formParts } from "./kinds.ts";
import type { Shape } from "./members.ts";
import {
  assemble,
  type DraftPart,
  draftParts,
  type FormPart,
  readBlob,
  readPart,
} from "./multipart.ts";
import { copyBytes, wrong } from "./problems.ts";

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

const JSON_TYPE = "application/json; charset=utf-8";
/** Of a GET, and of a form that was signed the older way. */
export const FORM_TYPE = "application/x-www-form-urlencoded";

/** A form whose every value was read. */
export interface Draft {
  method: string;
  contentType: string;
  query: string;
  /** A body, its parts, or the JSON text of a GET's parameters; nothing where only a digest is known. */
  content?: string | Uint8Array<ArrayBuffer> | Blob | DraftPart[];
  boundary?: string | undefined;
}

/** Reads the input. The caller's objects are not changed, and bytes are copied, since the caller may change theirs. */
export function draftForm(input: AsyncFormInput): Draft {
  const { method = "POST", contentType, nulls, parts, payload } = input;
  refuseStrangers(input, method);
  if (method === "GET") {
    const content = input.params === undefined ? "" : writeJson(input.params, nulls, "params");
    return { method, contentType: contentType ?? FORM_TYPE, query: input.query ?? "", content };
  }
  if (parts !== undefined) {
    const content = draftParts(parts, nulls);
    return { method, contentType: "", query: "", content, boundary: input.boundary };
  }
  const draft = { method, contentType: contentType ?? JSON_TYPE, query: "" };
  if (payload === undefined && input.payloadHash !== undefined) return draft;
  return { ...draft, content: readPayload(payload ?? {}, nulls) };
}

/** Reads the Blobs of a draft. */
export async function readBlobs(draft: Draft): Promise<Draft> {
  const { content } = draft;
  if (content instanceof Blob) return { ...draft, content: await readBlob(content, "payload") };
  if (!Array.isArray(content)) return draft;
  return { ...draft, content: await Promise.all(content.map(readPart)) };
}

/** The form of a draft without Blobs. */
export function finishForm(core: Core<FormExports>, draft: Draft): Form {
  const { method, contentType, query, content = "" } = draft;
  if (Array.isArray(content)) {
    const { body, boundary } = assemble(core, content, draft.boundary);
    const type = `multipart/form-data; boundary=${boundary}`;
    return { method, contentType: type, query, payload: body, body };
  }
  if (content instanceof Blob) {
    const message = "is a Blob, which has to be waited for: read it first, or use what waits";
    throw wrong("payload", message, "Type");
  }
  const form: Form = { method, contentType, query, payload: content };
  if (method === "POST" && draft.content !== undefined) form.body = content;
  return form;
}

/** How many bytes a body has that the core does not see. */
export function bodyLength(form: Form): number {
  const { body = "" } = form;
  return typeof body === "string" ? new TextEncoder().encode(body).length : body.length;
}

function readPayload(payload: object | string, nulls: FormInput["nulls"]) {
  if (payload instanceof Uint8Array) return copyBytes(payload, "payload");
  if (payload instanceof Blob) return payload;
  if (typeof payload !== "string") return writeJson(payload, nulls);
  // Platforms would send another character in its place.
  if (!isWellFormed(payload)) {
    throw wrong("payload", "holds half a surrogate pair, which UTF-8 does not have");
  }
  return payload;
}

/** The members that a form does not use. */
const STRANGERS = {
  get: ["payload", "parts", "boundary", "payloadHash"],
  getOfParams: ["payload", "parts", "boundary", "payloadHash", "query"],
  post: ["params", "query", "boundary"],
  postOfParts: ["params", "query", "payload", "contentType", "payloadHash"],
} as const;

const WHY = {
  payload: "is for a POST without `parts`; a GET takes `params`",
  parts: "is for POST; a GET takes `params`",
  boundary: "is for `parts`",
  params: "is for GET; a POST takes `payload`",
  query: "is for a GET without `params`",
  contentType: "is made with the boundary of `parts`",
  payloadHash: "is for a POST's `payload`",
};

/** A member that a form does not use is named, none is ignored. */
function refuseStrangers(input: AsyncFormInput, method: string): void {
  const get = input.params === undefined ? "get" : "getOfParams";
  const post = input.parts === undefined ? "post" : "postOfParts";
  const strangers = STRANGERS[method === "GET" ? get : post];
  if (strangers.every((name) => input[name] === undefined)) return;
  const found = strangers.filter((name) => input[name] !== undefined);
  throw ValidationError.of(found.map((path) => ({ path, code: "Value", message: WHY[path] })));
}
