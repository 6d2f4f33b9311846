/** Bytes, and texts as bytes. */

import { isText } from "./kinds.ts";
import { wrong } from "./problems.ts";

export const encoder = new TextEncoder();
export const decoder = new TextDecoder();
/** It throws where bytes are no UTF-8. */
export const strictDecoder = new TextDecoder("utf-8", { fatal: true });

/** A text in UTF-8; bytes as they are. */
export function toBytes<Bytes extends Uint8Array>(content: string | Bytes) {
  return isText(content) ? encoder.encode(content) : content;
}

/** How many bytes a text has in UTF-8; Node knows without making them. */
export function byteLength(content: string | Uint8Array): number {
  if (!isText(content)) return content.length;
  const { Buffer } = globalThis as { Buffer?: { byteLength(text: string): number } };
  return Buffer?.byteLength(content) ?? encoder.encode(content).length;
}

/** Bytes as they are now: the caller may change theirs, or have given them away. */
export function copyBytes(bytes: Uint8Array, path: string): Uint8Array<ArrayBuffer> {
  try {
    return new Uint8Array(bytes);
  } catch {
    throw wrong(path, "are bytes that can no longer be read; give a copy", "Type");
  }
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
