/** The form in which modules are inlined: printable ASCII that no bundler, minifier or HTML page needs to escape. */

/** Bytes below this are one character; the others are two. */
const SINGLE = 82;

/** The digit that a character stands for: from 0 for `(` to 84 for `~`, without the backslash and the backtick. */
function digitOf(code = 0): number {
  return code - 40 - Number(code > 92) - Number(code > 96);
}

/** The bytes of an inlined module, as `xtask/src/build/inline.rs` wrote them. */
export function decode(text: string): Uint8Array<ArrayBuffer> {
  // It runs once, before anything of it is compiled: so in place, and with few calls.
  const bytes = new TextEncoder().encode(text);
  let length = 0;
  for (let at = 0; at < bytes.length; at++) {
    let byte = (bytes[at] ?? 0) - 40;
    if (byte > 52) byte = digitOf(bytes[at]);
    if (byte >= SINGLE) byte = SINGLE + (byte - SINGLE) * 85 + digitOf(bytes[++at]);
    // Rotated, since a module has most often what stands next to 0.
    bytes[length++] = byte - 4;
  }
  return bytes.slice(0, length);
}
