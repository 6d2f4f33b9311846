/** Times as the page writes them: always UTC, always to the second. */

/** Such as `2026-11-24 09:13:20 UTC`; empty where the number is no time. */
export function utc(seconds: number): string {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) return "";
  return date
    .toISOString()
    .replace("T", " ")
    .replace(/\.\d+Z$/, " UTC");
}

/** Such as `2026-11-24`. */
export function utcDay(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(0, 10);
}

/** A distance in words, such as `10 minutes`. */
export function distance(seconds: number): string {
  const units: [name: string, length: number][] = [
    ["day", 86_400],
    ["hour", 3600],
    ["minute", 60],
    ["second", 1],
  ];
  const [name, length] = units.find(([, length]) => Math.abs(seconds) >= length) ?? ["second", 1];
  const count = Math.floor(Math.abs(seconds) / length);
  return `${count} ${name}${count === 1 ? "" : "s"}`;
}

/** Only digits are a number here; `Number` alone would take an empty text for 1970. */
export function readSeconds(text: string): number {
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}
