/** What a body or a part holds. */

import { copyBytes } from "./bytes.ts";
import { type Nulls, wholeText, writeJson } from "./json.ts";
import { isText } from "./kinds.ts";
import { wrong } from "./problems.ts";
import { textOf } from "./text-of.ts";

/** What need not be waited for. */
export type Ready = string | Uint8Array<ArrayBuffer>;

export type Content = Ready | Blob;

/** Reads what is sent: texts, bytes and Blobs as they are, the rest as JSON, whose own path is empty for the payload. */
export function readContent(value: unknown, nulls?: Nulls, jsonPath = ""): Content {
  const path = jsonPath || "payload";
  if (isText(value)) return wholeText(value, path);
  if (value instanceof Uint8Array) return copyBytes(value, path);
  return value instanceof Blob ? value : writeJson(value, nulls, jsonPath);
}

/** The same content, a Blob's as bytes; a file may have changed since it was chosen. */
export async function readBlob(content: Content, path: string): Promise<Ready> {
  if (!(content instanceof Blob)) return content;
  try {
    return new Uint8Array(await content.arrayBuffer());
  } catch (cause) {
    throw wrong(path, `could not be read: ${textOf(cause)}`);
  }
}

/** A content that need not be waited for. */
export function atOnce(content: Content, path: string): Ready {
  if (!(content instanceof Blob)) return content;
  const message = "is a Blob, which has to be waited for: read it first, or use what waits";
  throw wrong(path, message, "Type");
}
