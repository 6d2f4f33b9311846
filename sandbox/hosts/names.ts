/** The names by which a sandbox is called: patterns, and what they match. It knows neither Host nor certificate. */

/** What always means this machine; beside them there are its addresses. */
export const LOCAL_NAMES = ["localhost", "*.localhost"];

/** Letters, digits, hyphens and underscores between full stops; `*.` in front for all names below. */
const PATTERN = /^(\*\.)?[a-z0-9_-]+(\.[a-z0-9_-]+)*$/;

/** Gives patterns in lower case; throws where one is none, so that a mistyped one is not overlooked. */
export function readNames(patterns: readonly string[]): string[] {
  return patterns.map((given) => {
    const pattern = given.toLowerCase();
    if (PATTERN.test(pattern)) return pattern;
    throw new Error(`${given} is no host name: give one such as a.example or *.a.example`);
  });
}

/** Whether a name is one of them, or lies below one that begins with `*.`, however deep. */
export function isNamed(name: string, patterns: readonly string[]): boolean {
  const lower = name.toLowerCase();
  if (lower.startsWith("*") || !PATTERN.test(lower)) return false;
  return patterns.some((pattern) =>
    pattern.startsWith("*.") ? lower.endsWith(pattern.slice(1)) : lower === pattern,
  );
}
