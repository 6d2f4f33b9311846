/** Ids and times as people are shown them: printable ASCII alone, the same everywhere. */

/** Where the year 9999 ends, in seconds since 1970. */
const LAST = 253_402_300_799;

/** Whether a number of seconds since 1970 tells a time: the service writes 0 where it has none. */
export function isTime(seconds: number): boolean {
  return seconds > 0 && seconds <= LAST;
}

/** A time to the minute, such as `2027-01-01 00:00 UTC`. */
export function utcOf(seconds: number): string {
  if (!isTime(seconds)) return "an unknown time";
  return `${new Date(seconds * 1000).toISOString().slice(0, 16).replace("T", " ")} UTC`;
}

/**
 * An id as it is. One that is more than a plain word is quoted, and what is not printable ASCII in it is escaped: so it
 * can neither continue the sentence around it, nor turn or break the line, nor look like another id.
 */
export function idOf(id: string): string {
  if (/^[\w.:@/-]+$/.test(id)) return id;
  const escaped = id.replace(/["\\]|[^ -~]/gu, (char) =>
    /["\\]/.test(char) ? `\\${char}` : `\\u{${char.codePointAt(0)?.toString(16)}}`,
  );
  return `"${escaped}"`;
}

/** At most so many characters of a text: its middle is left out. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text;
  const tail = (most - 2) >> 1;
  return `${text.slice(0, most - 2 - tail)}..${text.slice(text.length - tail)}`;
}
