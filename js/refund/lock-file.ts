/** A file that says who holds another one. It is never there by half, and of those who take over a dead one's, one wins. */

import { link, mkdir, open, readFile, rmdir, unlink } from "node:fs/promises";
import { type Holder, hasEnded, holderIn, ourselves } from "./holder.ts";
import { JournalError } from "./journal-error.ts";

/** Takes the lock of a file, and gives what releases it. */
export async function lockFile(file: string): Promise<() => Promise<void>> {
  const lock = `${file}.lock`;
  const us = await ourselves();
  const id = crypto.randomUUID();
  const text = JSON.stringify({ ...us, id });
  const own = `${lock}.${id}`;
  await writeDown(own, text);
  try {
    while (!(await linked(own, lock))) {
      const found = await readIfThere(lock);
      // Its holder let go just now.
      if (found === undefined) continue;
      await mustHaveEnded(file, lock, found, us);
      await takeOver(file, lock, own, us);
      break;
    }
  } finally {
    await unlink(own);
  }
  return async () => {
    // Not another's, who has it since a person removed ours.
    if ((await readIfThere(lock)) === text) await unlink(lock);
  };
}

/** Whole and on the disk, before anybody can see it as the lock. */
async function writeDown(path: string, text: string): Promise<void> {
  const handle = await open(path, "wx", 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** Gives a file the lock's name too, unless there is a lock. */
async function linked(own: string, lock: string): Promise<boolean> {
  try {
    await link(own, lock);
    return true;
  } catch (error) {
    if (codeOf(error) === "EEXIST") return false;
    throw error;
  }
}

/** One at a time does this, so that the lock which is removed is the one that was found to be dead. */
async function takeOver(file: string, lock: string, own: string, us: Holder): Promise<void> {
  const taking = `${lock}.taking`;
  try {
    await mkdir(taking);
  } catch (error) {
    if (codeOf(error) !== "EEXIST") throw error;
    throw inUse(
      `${file} is being taken over by another process`,
      `Open it again. If it stays so and no process uses it, remove the folder ${taking}.`,
    );
  }
  try {
    const found = await readIfThere(lock);
    if (found !== undefined) {
      await mustHaveEnded(file, lock, found, us);
      await unlink(lock);
    }
    if (await linked(own, lock)) return;
  } finally {
    await rmdir(taking);
  }
  throw inUse(`${file} was taken by another process just now`, "Use it there.");
}

async function mustHaveEnded(file: string, lock: string, text: string, us: Holder): Promise<void> {
  const holder = holderIn(text);
  const remove = `if it is surely not in use, remove ${lock}.`;
  if (!holder) throw inUse(`${lock} does not say who holds ${file}`, capital(remove));
  if (await hasEnded(holder, us)) return;
  const who = `process ${holder.pid} of the host ${JSON.stringify(holder.host)}`;
  throw inUse(`${file} is held by ${who}`, `Use it there, or end that process; ${remove}`);
}

function inUse(message: string, remedy: string): JournalError {
  return JournalError.of("JournalInUse", message, remedy);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT") return undefined;
    throw error;
  }
}

function codeOf(error: unknown): unknown {
  return (error as { code?: unknown }).code;
}
