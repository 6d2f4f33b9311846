/** A table for people. */

/** Its lines, with each column as wide as its widest cell. */
export function aligned(rows: string[][]): string[] {
  const widths = rows.reduce<number[]>(
    (so, row) => row.map((cell, at) => Math.max(cell.length, so[at] ?? 0)),
    [],
  );
  return rows.map((row) =>
    row
      .map((cell, at) => cell.padEnd((widths[at] ?? 0) + 2))
      .join("")
      .trimEnd(),
  );
}
