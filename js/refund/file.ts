/**
 * A journal in a file, for Node, Deno and Bun: on the disk before `append` ends, and one process at a time has it.
 *
 * @module
 */

import { open, realpath, stat } from "node:fs/promises";
import { dirname } from "node:path";
import process from "node:process";
import { textOf } from "../text-of.ts";
import { hold } from "./held.ts";
import type { OpenJournal } from "./journal.ts";
import { JournalError } from "./journal-error.ts";
import { lockFile } from "./lock-file.ts";

export type { Journal, OpenJournal } from "./journal.ts";
export { JournalError, type JournalFailure } from "./journal-error.ts";

type Handle = Awaited<ReturnType<typeof open>>;

const CHUNK = 65_536;

/**
 * Opens the journal in a file, or makes it, readable by its owner alone. Its folder must be there.
 *
 * Beside it lies `<path>.lock` while it is open. A lock whose process has ended is taken over; one of another host never is,
 * since nothing is known of its processes. Containers that share the folder must have hostnames of their own: two of one name
 * are not told apart. Keep it on a disk of the machine: a network's file system may not keep what it says is kept.
 *
 * What a crash left by half is read as it is.
 *
 * @throws JournalError `JournalInUse` where another one holds it, with who and what to do; `JournalUnavailable` where there is
 * no such folder, no right to it, or no file. Of `append`, `JournalBroken` where the disk failed or is full: then that one and
 * all later ones fail, until it is opened again.
 *
 * @example
 * ```ts
 * const journal = await openFileJournal("refund-4711.journal");
 * await journal.append(new TextEncoder().encode("begun\n"));
 * for await (const bytes of journal.read()) process.stdout.write(bytes);
 * await journal.close();
 * ```
 */
export async function openFileJournal(path: string): Promise<OpenJournal> {
  try {
    return await opened(path);
  } catch (cause) {
    throw cause instanceof JournalError ? cause : notOpened(path, cause);
  }
}

async function opened(path: string): Promise<OpenJournal> {
  // Made first, so that every name of it leads to one lock.
  await (await openRegular(path)).close();
  const file = await realpath(path);
  const unlock = await lockFile(file);
  try {
    const handle = await openRegular(file);
    // What is in a file that was just made is kept only where its name is. Windows opens no folder, and needs not.
    if (process.platform !== "win32") await sync(dirname(file));
    return hold({
      name: file,
      read: () => chunks(handle),
      write: (bytes) => write(handle, bytes),
      release: async () => {
        try {
          await handle.close();
        } finally {
          await unlock();
        }
      },
    });
  } catch (error) {
    await unlock();
    throw error;
  }
}

/** For appending and reading. Pipes and devices keep nothing, and opening them may never end. */
async function openRegular(path: string): Promise<Handle> {
  const found = await stat(path).catch(() => undefined);
  if (found && !found.isFile()) {
    const remedy = "Give the path of a file, or of none yet.";
    throw JournalError.of("JournalUnavailable", `${path} is no regular file`, remedy);
  }
  return open(path, "a+", 0o600);
}

async function sync(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function* chunks(handle: Handle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ; ) {
    const chunk = new Uint8Array(CHUNK);
    const { bytesRead } = await handle.read(chunk, 0, CHUNK, position);
    if (bytesRead === 0) return;
    yield chunk.subarray(0, bytesRead);
    position += bytesRead;
  }
}

async function write(handle: Handle, bytes: Uint8Array): Promise<void> {
  const { bytesWritten } = await handle.write(bytes);
  if (bytesWritten < bytes.length) {
    throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written`);
  }
  await handle.sync();
}

function notOpened(path: string, cause: unknown): JournalError {
  const message = `${path} cannot be opened as a journal: ${textOf(cause)}`;
  const remedy = "Give a path in a folder that is there, may be written, and takes hard links.";
  return JournalError.of("JournalUnavailable", message, remedy, cause);
}
