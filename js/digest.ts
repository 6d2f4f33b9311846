/** SHA-256 of large bodies: by the platform where that is faster, and in pieces where it is not. */

import { byteLength, toBytes } from "./bytes.ts";
import type { Content } from "./content.ts";
import { type Core, cross, type DigestExports, runQuickly } from "./core.ts";
import type { Form } from "./form.ts";
import { isText } from "./kinds.ts";

/** A body's digest in hexadecimal digits, and its length in bytes. */
export interface Digested {
  digits: string;
  length: number;
}

/** From so many bytes on Node's digest is faster than the module's (bench/payload.ts, Node 20). */
const AT_ONCE = 512;

/** From so many on WebCrypto's is, for which has to be waited (measured in Node 20). */
const WAITING = 128 * 1024;

/** A larger body crosses in pieces of so many bytes, since the module's memory never shrinks. */
const PIECE = 64 * 1024;

type Body = string | Uint8Array<ArrayBuffer>;
type Digest = (body: Body) => string;

/** The digest that Node, and who has its modules, makes at once; null where there is none. */
let native: Digest | null | undefined;

function nativeDigest(): Digest | null {
  if (native === undefined) native = findNative();
  return native;
}

function findNative(): Digest | null {
  const { process } = globalThis as {
    process?: {
      getBuiltinModule?(name: string): { hash?(algorithm: string, body: Body): string };
    };
  };
  try {
    const { hash } = process?.getBuiltinModule?.("node:crypto") ?? {};
    return hash ? (body) => hash("sha256", body) : null;
  } catch {
    // Next's edge runtime has that function too, which throws.
    return null;
  }
}

/** The digest of a large body; nothing where the core shall make it, along with the signature. */
export function digestAtOnce(core: Core<DigestExports>, body: Body): Digested | undefined {
  if (body.length < AT_ONCE) return undefined;
  const digestOf = nativeDigest();
  if (digestOf) return { digits: digestOf(body), length: byteLength(body) };
  return body.length > PIECE ? inPieces(core, body) : undefined;
}

/** The same where it can be waited for; only the digits. */
export function digest(
  core: Core<DigestExports>,
  { body = "" }: Form,
): Promise<string> | string | undefined {
  return isWaitedFor(body) ? byPlatform(body) : digestAtOnce(core, body)?.digits;
}

/** Whether a body is read or digested by the platform, which takes its time. */
export function isWaitedFor(body: Content): boolean {
  if (body instanceof Blob) return true;
  // Pages have it in secure contexts only.
  return body.length >= WAITING && globalThis.crypto?.subtle !== undefined && !nativeDigest();
}

async function byPlatform(body: Body): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", toBytes(body)));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function inPieces(core: Core<DigestExports>, body: Body): Digested {
  let length = 0;
  for (let at = 0; at < body.length; ) {
    const piece = isText(body) ? wholeUnits(body, at) : body.subarray(at, at + PIECE);
    const first = at === 0;
    cross(core, [piece], (module, bytes) => {
      module.digest_push(bytes, first);
      length += bytes;
      return bytes;
    });
    at += piece.length;
  }
  const digits = runQuickly(core, [], (module) => module.digest_end()) ?? "";
  return { digits, length };
}

/** The next piece of a text, which ends between two characters. */
function wholeUnits(text: string, at: number): string {
  // A UTF-16 unit takes at most three bytes.
  const end = at + Math.floor(PIECE / 3);
  const isHalf = /[\ud800-\udbff]/.test(text.charAt(end - 1));
  return text.slice(at, isHalf ? end - 1 : end);
}
