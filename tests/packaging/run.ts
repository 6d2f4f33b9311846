/** Installs the packed tarball in every project of `rows/`, runs the suite there, and prints what became of each. */

import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { Place } from "./harness/command.ts";
import { install, NotRun } from "./harness/install.ts";
import { pack } from "./harness/pack.ts";
import type { Row } from "./harness/project.ts";
import { type Found, findProjects } from "./harness/rows.ts";
import { build, runSuite } from "./harness/run-row.ts";
import { type Outcome, passed, summary, table } from "./harness/table.ts";
import { serveAll } from "./servers/servers.ts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    list: { type: "boolean", default: false },
    quick: { type: "boolean", default: false },
    keep: { type: "boolean", default: false },
    tarball: { type: "string" },
    jobs: { type: "string", default: "2" },
  },
});

const projects = await findProjects(positionals, values.quick);
if (values.list) list();
else process.exitCode = await main();

function list(): void {
  for (const { name, rows } of projects) {
    for (const row of rows) {
      console.log(`${name}  ${row.name}  ${row.title}${row.quick ? "  (quick)" : ""}`);
    }
  }
}

async function main(): Promise<number> {
  const folder = await mkdtemp(path.join(tmpdir(), "tc3-edge-packaging-"));
  const { servers, close } = await serveAll();
  const outcomes: Outcome[] = [];
  try {
    const tarball = values.tarball ?? (await pack(folder));
    const waiting = [...projects];
    const work = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const place = { folder: path.join(folder, next.name), servers };
        outcomes.push(...(await runProject(next, place, tarball)));
        if (!values.keep) await rm(place.folder, { recursive: true, force: true });
      }
    };
    await Promise.all(Array.from({ length: Math.max(1, Number(values.jobs)) }, work));
  } finally {
    await close();
    if (values.keep) console.log(`kept: ${folder}`);
    else await rm(folder, { recursive: true, force: true });
  }
  return report(outcomes);
}

/** Prints the table; the last line is one that test runners' readers know. */
function report(ended: Outcome[]): number {
  const order = projects.flatMap(({ rows }) => rows.map(({ name }) => name));
  const outcomes = ended.toSorted((a, b) => order.indexOf(a.name) - order.indexOf(b.name));
  const notRun = outcomes.filter((outcome) => outcome.notRun !== undefined).length;
  const good = outcomes.filter(passed).length;
  const bad = outcomes.length - good - notRun;
  console.log(`\n${table(outcomes)}\n`);
  if (notRun > 0) console.log(`${notRun} not run: nothing is known about them`);
  console.log(`${good} passed, ${bad} failed`);
  return bad > 0 || good === 0 ? 1 : 0;
}

async function runProject(project: Found, place: Place, tarball: string): Promise<Outcome[]> {
  const started = Date.now();
  const failed = await install(project.folder, place, project, tarball).then(
    () => undefined,
    (error: unknown) => error,
  );
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  console.log(
    `${failed === undefined ? "installed" : "not installed"}: ${project.name} (${seconds} s)`,
  );
  const outcomes: Outcome[] = [];
  for (const row of project.rows) {
    const outcome = failed === undefined ? await runRow(row, place) : refused(row, failed);
    console.log(summary(outcome));
    outcomes.push(outcome);
  }
  return outcomes;
}

async function runRow(row: Row, place: Place): Promise<Outcome> {
  const started = Date.now();
  const outcome: Omit<Outcome, "ms"> = { name: row.name, title: row.title, installs: true };
  const end = (): Outcome => ({ ...outcome, ms: Date.now() - started });
  try {
    outcome.builds = false;
    await build(row, place);
    outcome.builds = true;
    outcome.checks = await runSuite(row, place);
  } catch (error) {
    if (error instanceof NotRun) outcome.notRun = error.message;
    else outcome.error = messageOf(error);
  }
  return end();
}

/** A row whose project is not there. */
function refused({ name, title }: Row, why: unknown): Outcome {
  const row = { name, title, installs: false, ms: 0 };
  return why instanceof NotRun
    ? { ...row, notRun: why.message }
    : { ...row, error: messageOf(why) };
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
