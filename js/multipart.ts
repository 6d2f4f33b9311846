/** Bodies of `multipart/form-data`: the core writes what stands between the contents. */

import { join, toBytes } from "./bytes.ts";
import { atOnce, type Content, readBlob, readContent } from "./content.ts";
import { type Core, type FormExports, run } from "./core.ts";
import { type Problem, ValidationError } from "./errors.ts";
import { type Nulls, wholeText } from "./json.ts";
import { anything, aText, isObject, isText } from "./kinds.ts";
import { readMembers, type Shape } from "./members.ts";
import { throwAny, wrong } from "./problems.ts";

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
  content: Content;
  filename: string;
  contentType: string;
}

const PART: Shape = { name: aText, value: anything, filename: aText, contentType: aText };

/** Reads the parts of a list or a `FormData`. */
export function draftParts(parts: FormPart[] | FormData, nulls?: Nulls): DraftPart[] {
  const problems: Problem[] = [];
  const drafts = entries(parts).flatMap((part, at) => {
    try {
      return draftPart(part, `parts[${at}].`, nulls);
    } catch (error) {
      if (!(error instanceof ValidationError)) throw error;
      problems.push(...error.problems);
      return [];
    }
  });
  throwAny(problems);
  return drafts;
}

/** The same part, its Blob read into bytes. */
export async function readPart(part: DraftPart, at: number): Promise<DraftPart> {
  return { ...part, content: await readBlob(part.content, `parts[${at}].value`) };
}

/** The body: frames and contents in turn. */
export function assemble(
  core: Core<FormExports>,
  parts: DraftPart[],
  boundary = "",
): { body: Uint8Array<ArrayBuffer>; boundary: string } {
  const heads = parts.flatMap(({ name, filename, contentType }) => [name, filename, contentType]);
  const values = [boundary, ...heads];
  const [made = "", ...frames] = run(core, [values.join("\0")], (module, length) =>
    module.multipart(length, values.length),
  );
  const chunks = frames.flatMap((frame, at) => {
    const part = parts[at];
    if (part === undefined) return toBytes(frame);
    const bytes = toBytes(atOnce(part.content, `parts[${at}].value`));
    if (boundary !== "" && new TextDecoder("latin1").decode(bytes).includes(`--${boundary}`)) {
      throw wrong("boundary", "stands in a part's content; choose another one, or none");
    }
    return [toBytes(frame), bytes];
  });
  return { body: join(chunks), boundary: made };
}

function entries(parts: FormPart[] | FormData): FormPart[] {
  if (Array.isArray(parts)) return parts;
  return Array.from(parts, ([name, value]) => ({ name, value }));
}

/** `where` stands before each path. */
function draftPart(part: FormPart, where: string, nulls?: Nulls): DraftPart {
  const { name = "", value, filename, contentType } = readMembers(part, PART, where);
  wholeText(name, `${where}name`);
  wholeText(filename ?? "", `${where}filename`);
  const path = `${where}value`;
  if (value === undefined) throw wrong(path, "must be given", "Missing");
  const content = readContent(value, nulls, path);
  // A Blob has a type, a File a name beside it; other bytes have neither.
  const file = isText(content) ? undefined : (content as Partial<File>);
  return {
    name,
    content,
    filename: filename ?? (file ? (file.name ?? name) : ""),
    contentType:
      contentType ??
      (file ? file.type || "application/octet-stream" : isObject(value) ? "application/json" : ""),
  };
}
