/** Things that must hold no secret, kept for secrets.test.ts; nothing happens where nobody records. */

const kept: unknown[] = [];

/** Keeps what a hook was told, or what was shown. */
export function seen(...values: unknown[]): void {
  kept.push(...values);
}

/** Everything that was kept. */
export function everything(): readonly unknown[] {
  return kept;
}
