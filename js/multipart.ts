/** Bodies of `multipart/form-data`: the core writes what stands between the contents. */

import type { Core, FormExports } from "./core.ts";
import { type Problem, ValidationError } from "./errors.ts";
import { isWellFormed, type Nulls, writeJson } from "./json.ts";
import { anything, aText } from "./kinds.ts";
import { readMembers, type Shape } from "./members.ts";
import { copyBytes, wrong } from "./problems.ts";
import { textOf } from "./text-of.ts";

/** One part. */
export interface FormPart {
  /** The parameter. */
  name: string;
  /** Text, bytes and (where waiting is possible) Blobs are sent as they are; an object or a list as JSON; the rest as text. */
  value: string | Uint8Array | Blob | object | number | bigint | boolean;
  /** Empty for none. @default that of a File; for other bytes the part's name */
  filename?: string;
  /** Empty for none. @default that of a Blob; application/octet-stream for other bytes, application/json for objects */
  contentType?: string;
}

/** A part whose every value was read. */
export interface DraftPart {
  name: string;
  content: string | Uint8Array | Blob;
  filename: string;
  contentType: string;
}

const BYTES = "application/octet-stream";

/** Reads the parts of a list or a `FormData`. */
export function draftParts(parts: FormPart[] | FormData, nulls?: Nulls): DraftPart[] {
  const problems: Problem[] = [];
  const drafts = entries(parts).map((part, at) => {
    try {
      return draftPart(part, `parts[${at}]`, nulls);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      problems.push(...error.problems);
      return EMPTY;
    }
  });
  if (problems.length > 0) throw ValidationError.of(problems);
  return drafts;
}

const EMPTY: DraftPart = { name: "", content: "", filename: "", contentType: "" };

/** The same part, its Blob read into bytes. */
export async function readPart(part: DraftPart, at: number): Promise<DraftPart> {
  const { content } = part;
  if (!(content instanceof Blob)) return part;
  return { ...part, content: await readBlob(content, `parts[${at}].value`) };
}

/** A Blob's bytes; a file may have changed since it was chosen. */
export async function readBlob(blob: Blob, path: string): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw wrong(path, `could not be read: ${textOf(cause)}`);
  }
}

/** The body: frames and contents in turn. */
export function assemble(
  core: Core<FormExports>,
  parts: DraftPart[],
  boundary = "",
): { body: Uint8Array<ArrayBuffer>; boundary: string } {
  const heads = parts.flatMap(({ name, filename, contentType }) => [name, filename, contentType]);
  const values = [boundary, ...heads];
  const [made = "", ...frames] = core.run([values.join("\0")], (module, [length = 0]) =>
    module.multipart(length, values.length),
  );
  const encoder = new TextEncoder();
  const chunks: Uint8Array[] = [];
  for (const [at, frame] of frames.entries()) {
    chunks.push(encoder.encode(frame));
    const content = parts[at]?.content;
    if (content === undefined) continue;
    if (content instanceof Blob) {
      const message = "is a Blob, which has to be waited for: read it first, or use what waits";
      throw wrong(`parts[${at}].value`, message, "Type");
    }
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    if (boundary !== "" && new TextDecoder("latin1").decode(bytes).includes(`--${boundary}`)) {
      throw wrong("boundary", "stands in a part's content; choose another one, or none");
    }
    chunks.push(bytes);
  }
  return { body: join(chunks), boundary: made };
}

/** All chunks in one. */
export function join(chunks: Uint8Array[]): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(chunks.reduce((sum, chunk) => sum + chunk.length, 0));
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function entries(parts: FormPart[] | FormData): FormPart[] {
  if (Array.isArray(parts)) return parts;
  return Array.from(parts, ([name, value]) => ({ name, value }));
}

function draftPart(part: FormPart, path: string, nulls?: Nulls): DraftPart {
  const { name = "", value, filename, contentType } = readMembers(part, PART, `${path}.`);
  for (const [member, text] of Object.entries({ name, filename, value })) {
    if (typeof text === "string" && !isWellFormed(text)) {
      throw wrong(`${path}.${member}`, "holds half a surrogate pair, which UTF-8 does not have");
    }
  }
  const draft = (content: DraftPart["content"], ownName: string, ownType: string): DraftPart => ({
    name,
    content,
    filename: filename ?? ownName,
    contentType: contentType ?? ownType,
  });
  if (value === undefined) throw wrong(`${path}.value`, "must be given", "Missing");
  if (typeof value === "string") return draft(value, "", "");
  if (value instanceof Uint8Array) return draft(copyBytes(value, `${path}.value`), name, BYTES);
  if (value instanceof Blob) {
    return draft(value, "name" in value ? String(value.name) : name, value.type || BYTES);
  }
  const json = writeJson(value, nulls, `${path}.value`);
  return draft(json, "", typeof value === "object" ? "application/json" : "");
}

const PART: Shape = { name: aText, value: anything, filename: aText, contentType: aText };
