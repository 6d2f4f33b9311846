/** Bodies of `multipart/form-data`: the core writes what stands between the contents. */

import type { Core, FormExports } from "./core.ts";
import { type Problem, ValidationError } from "./errors.ts";
import { isWellFormed, type Nulls, writeJson } from "./json.ts";
import { readMembers } from "./members.ts";

/** One part. */
export interface FormPart {
  /** The parameter. */
  name: string;
  /** Text and bytes are sent as they are; an object or a list as JSON; numbers and booleans as text. */
  value: string | Uint8Array | object | number | bigint | boolean;
  /** Empty for none. @default that of a File; for other bytes the part's name */
  filename?: string;
  /** Empty for none. @default that of a Blob; application/octet-stream for other bytes, application/json for objects */
  contentType?: string;
}

/** A part whose content is text or bytes. */
interface Listed {
  name: string;
  content: string | Uint8Array;
  filename: string;
  contentType: string;
}

const BYTES = "application/octet-stream";

/** The parts of a list or a `FormData`, none of them a Blob. */
export function listParts(parts: FormPart[] | FormData, nulls?: Nulls): Listed[] {
  const problems: Problem[] = [];
  const listed = entries(parts).map((part, at) => {
    try {
      return listPart(part, nulls);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      const where = (path: string) => `parts[${at}].${path}`;
      problems.push(...error.problems.map((one) => ({ ...one, path: where(one.path) })));
      return EMPTY;
    }
  });
  if (problems.length > 0) throw ValidationError.of(problems);
  return listed;
}

const EMPTY: Listed = { name: "", content: "", filename: "", contentType: "" };

/** The same parts, with each Blob and File read into bytes. */
export async function readBlobs(parts: FormPart[] | FormData): Promise<FormPart[]> {
  return Promise.all(
    entries(parts).map(async (part) => {
      const value: unknown = part?.value;
      if (!(value instanceof Blob)) return part;
      const filename = "name" in value ? String(value.name) : part.name;
      const contentType = value.type || BYTES;
      return { filename, contentType, ...part, value: new Uint8Array(await value.arrayBuffer()) };
    }),
  );
}

/** The body: frames and contents in turn. */
export function assemble(
  core: Core<FormExports>,
  parts: Listed[],
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
    const bytes = typeof content === "string" ? encoder.encode(content) : content;
    if (boundary !== "" && new TextDecoder("latin1").decode(bytes).includes(`--${boundary}`)) {
      const message = "stands in a part's content; choose another one, or none";
      throw ValidationError.of([{ path: "boundary", code: "Value", message }]);
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

function listPart(part: FormPart, nulls?: Nulls): Listed {
  const {
    name = "",
    value,
    ...given
  } = readMembers(part, {
    name: "text",
    value: "any",
    filename: "text",
    contentType: "text",
  });
  const text = (content: string) => ({ filename: "", contentType: "", ...given, name, content });
  switch (typeof value) {
    case "string":
      if (!isWellFormed(value)) throw wrong("holds half a surrogate pair");
      return text(value);
    case "object": {
      if (value instanceof Uint8Array) {
        return { filename: name, contentType: BYTES, ...given, name, content: value };
      }
      if (value instanceof Blob) {
        throw wrong("is a Blob: only `signAsync` and the client, which wait, can read it");
      }
      const json = { contentType: "application/json", filename: "", ...given, name };
      return { ...json, content: writeJson(value, nulls, "value") };
    }
    case "undefined":
      throw wrong("must be given");
    default:
      return text(writeJson(value, nulls, "value"));
  }
}

function wrong(message: string): ValidationError {
  return ValidationError.of([{ path: "value", code: "Type", message }]);
}
