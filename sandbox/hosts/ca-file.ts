/** The file from which callers learn whom to trust. It holds a certificate, no key. */

import { X509Certificate } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

/** A CA's certificate that was written. */
export interface CaFile {
  path: string;
  /** Removes it where the place was chosen here; what was asked for by its path stays. */
  remove(): Promise<void>;
}

/** Writes it for its owner alone: to `given`, or into a new folder under the system's temporary one. */
export async function writeCaFile(
  pem: string,
  subject: string,
  given: string | undefined,
): Promise<CaFile> {
  if (given !== undefined) {
    const file = path.resolve(given);
    await makeWay(file, subject);
    await write(file, pem);
    return { path: file, remove: async () => {} };
  }
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-sandbox-"));
  const file = path.join(folder, "ca.pem");
  await write(file, pem);
  return { path: file, remove: () => rm(folder, { recursive: true, force: true }) };
}

/** Whoever can write there chooses whom a caller trusts; so nobody else may, and no link is followed. */
function write(file: string, pem: string): Promise<void> {
  return writeFile(file, pem, { mode: 0o600, flag: "wx" });
}

/** Removes what an earlier sandbox left, and nothing else: a mistyped path would cost somebody a key. */
async function makeWay(file: string, subject: string): Promise<void> {
  const there = await readFile(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (there === undefined) return;
  if (subjectOf(there) !== subject) {
    throw new Error(`${file} holds something else than a sandbox's certificate: name another file`);
  }
  await rm(file);
}

function subjectOf(bytes: Buffer): string | undefined {
  try {
    return new X509Certificate(bytes).subject;
  } catch {
    return undefined;
  }
}
