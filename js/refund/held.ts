/** What every place has in common: one append after the other, none after one that failed, and nothing once it is closed. */

import { textOf } from "../text-of.ts";
import type { OpenJournal } from "./journal.ts";
import { JournalError } from "./journal-error.ts";

/** A place that one holder has. */
export interface Place {
  /** What it is called in errors. */
  name: string;
  read(): AsyncIterable<Uint8Array>;
  /** Ends once the bytes are kept. Never called while another one is at work. */
  write(bytes: Uint8Array): Promise<void>;
  release(): Promise<void> | void;
}

/** Makes a journal of a place. */
export function hold(place: Place): OpenJournal {
  let last: Promise<unknown> = Promise.resolve();
  let closing: Promise<void> | undefined;
  let broken: JournalError | undefined;

  const mustBeOpen = () => {
    if (closing) throw closed(place.name);
  };
  const write = async (bytes: Uint8Array) => {
    if (broken) throw broken;
    try {
      await place.write(bytes);
    } catch (cause) {
      // A part may be there. What would be kept behind it could not be told from it.
      broken = notKept(place.name, cause);
      throw broken;
    }
  };

  return {
    async *read() {
      mustBeOpen();
      await last;
      mustBeOpen();
      try {
        for await (const bytes of place.read()) {
          yield bytes;
          mustBeOpen();
        }
      } catch (cause) {
        throw cause instanceof JournalError ? cause : notRead(place.name, cause);
      }
    },
    async append(bytes) {
      mustBeOpen();
      // A copy: the caller may change its own while this waits for its turn.
      const copy = bytes.slice();
      const written = last.then(() => write(copy));
      last = written.catch(() => {});
      await written;
    },
    close() {
      closing ??= last.then(() => place.release());
      return closing;
    },
  };
}

function closed(name: string): JournalError {
  return JournalError.of("JournalUnavailable", `${name} was closed`, "Open it again.");
}

function notKept(name: string, cause: unknown): JournalError {
  const message = `${name} may have kept only a part of what was appended: ${textOf(cause)}`;
  const remedy = "Mend what `cause` says, then close the journal, open it again and read it.";
  return JournalError.of("JournalBroken", message, remedy, cause);
}

function notRead(name: string, cause: unknown): JournalError {
  const message = `${name} cannot be read: ${textOf(cause)}`;
  return JournalError.of(
    "JournalBroken",
    message,
    "Mend what `cause` says, then read again.",
    cause,
  );
}
