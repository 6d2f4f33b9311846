/** What became of the rows, as a table and as lines for people. */

import type { Check } from "./project.ts";

/** What became of one row. */
export interface Outcome {
  name: string;
  title: string;
  /** How far it came: a step that was not reached is left out. */
  installs?: boolean;
  builds?: boolean;
  checks?: Check[];
  /** Why it was not run. */
  notRun?: string;
  /** Why it failed before there were checks. */
  error?: string;
  ms: number;
}

/** The suite's names of what has a column of its own. */
const HUNG = "a hung call ends in time";
const ABORT = "an abort leaves nothing running";
const DEAD = "repeatsPost: dead connection";
const MISDIRECTED = "repeatsPost: 421";

/** Whether every check of it ran and held. */
export function passed({ checks = [], error }: Outcome): boolean {
  return error === undefined && checks.length > 0 && checks.every(({ ok }) => ok);
}

/** A Markdown table of all rows. */
export function table(outcomes: Outcome[]): string {
  const head = [
    "row",
    "installs",
    "builds",
    "suite",
    "hung ends",
    "abort clean",
    "repeats a POST: dead connection",
    "421",
  ];
  const lines = outcomes.map((outcome) => {
    const { title, installs, builds, checks, notRun } = outcome;
    if (notRun !== undefined) return [title, `not run: ${firstLine(notRun)}`];
    const real = checks?.filter(({ fact }) => fact === undefined);
    const suite = real && `${real.filter(({ ok }) => ok).length}/${real.length}`;
    const check = (name: string) => yesNo(checks?.find((one) => one.name === name)?.ok);
    const fact = (name: string) => checks?.find((one) => one.name === name)?.fact ?? "";
    return [
      title,
      yesNo(installs),
      yesNo(builds),
      suite ?? "",
      check(HUNG),
      check(ABORT),
      fact(DEAD),
      fact(MISDIRECTED),
    ];
  });
  return inColumns([head, ...lines]);
}

/** One line when a row has ended, and why it failed if it did. */
export function summary(outcome: Outcome): string {
  const { name, checks = [], notRun, error, ms } = outcome;
  const seconds = `${(ms / 1000).toFixed(1)} s`;
  if (notRun !== undefined) return `not run  ${name}  (${seconds})\n${indent(notRun)}`;
  if (passed(outcome)) return `ok       ${name}  (${seconds})`;
  const failed = checks.filter(({ ok }) => !ok);
  const reasons = failed.map((check) => `${check.name}: ${check.detail ?? ""}`);
  return [`FAILED   ${name}  (${seconds})`, ...[error ?? [], reasons].flat().map(indent)].join(
    "\n",
  );
}

function yesNo(value: boolean | undefined): string {
  if (value === undefined) return "";
  return value ? "yes" : "no";
}

function firstLine(text: string): string {
  return text.trim().split("\n", 1)[0] ?? "";
}

function indent(text: string): string {
  return text.trim().replaceAll(/^/gm, "         ");
}

function inColumns(lines: string[][]): string {
  const [head = [], ...rest] = lines;
  const widths = head.map((_, at) =>
    // A reason stands over several columns; it makes none of them wide.
    Math.max(...lines.filter((line) => line.length > 2).map((line) => line[at]?.length ?? 0)),
  );
  const row = (line: string[]) =>
    `| ${line.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(" | ")} |`;
  return [row(head), row(widths.map((width) => "-".repeat(width))), ...rest.map(row)].join("\n");
}
