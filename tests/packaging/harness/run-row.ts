/** Builds and runs one row in its project's folder. */

import { setTimeout as sleep } from "node:timers/promises";
import { runPage } from "../pages/run.ts";
import { type Place, type Running, runToEnd, start } from "./command.ts";
import { freePort, listening } from "./ports.ts";
import type { Check, Process, Row, Server } from "./project.ts";

/** In milliseconds. */
const BUILD_LIMIT = 240_000;
const START_LIMIT = 60_000;
const SUITE_LIMIT = 120_000;
const END_LIMIT = 10_000;

/** It did not build: what its tools said. */
export class BuildError extends Error {}

/** Runs the row's build, if it has one. */
export async function build(row: Row, place: Place): Promise<void> {
  for (const command of row.build ?? []) {
    const { status, output } = await runToEnd(command, place, BUILD_LIMIT);
    if (status !== 0) throw new BuildError(`${command.join(" ")}\n${output.trim()}`);
  }
}

/** Runs the row's suite. */
export async function runSuite({ run }: Row, place: Place): Promise<Check[]> {
  switch (run.kind) {
    case "process":
      return runProcess(run, place);
    case "server":
      return runServer(run, place);
    case "page":
      return runPage(run, place);
  }
}

async function runProcess({ command }: Process, place: Place): Promise<Check[]> {
  const running = start(command, place);
  try {
    const found = await within(SUITE_LIMIT, running, () => resultsIn(running.output()));
    if (found === undefined) throw new Error(`no results\n${running.output().trim()}`);
    const begun = Date.now();
    // Whatever was left running keeps a program from its end.
    const ended = await Promise.race([running.ended, sleep(END_LIMIT, undefined, { ref: false })]);
    const detail = ended ? `status ${ended.status}` : `not within ${END_LIMIT / 1000} s`;
    const ok = ended?.status === 0;
    return [...found, { name: "the program ends well", ok, ms: Date.now() - begun, detail }];
  } finally {
    running.stop();
  }
}

function resultsIn(output: string): Check[] | undefined {
  const results = /^.*\bsuite (\[.*\])\s*\n/m.exec(output)?.[1];
  return results === undefined ? undefined : (JSON.parse(results) as Check[]);
}

/** Looks until something is found or the command has ended, for `limit` milliseconds at most. */
async function within<T>(limit: number, { ended }: Running, find: () => T | undefined) {
  const end = Date.now() + limit;
  let over = false;
  const mark = () => {
    over = true;
  };
  ended.then(mark, mark);
  for (;;) {
    const last = over || Date.now() > end;
    const found = find();
    if (found !== undefined) return found;
    // It may never have begun, which is the reason then.
    if (over) await ended;
    if (last) return undefined;
    await sleep(50);
  }
}

async function runServer(run: Server, place: Place): Promise<Check[]> {
  const port = await freePort();
  const server = start(run.command, { ...place, port });
  try {
    if (!(await listening(port, START_LIMIT))) throw new Error("it does not listen");
    const answer = await fetch(`http://127.0.0.1:${port}${run.path ?? "/"}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(place.servers),
      signal: AbortSignal.timeout(SUITE_LIMIT),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`HTTP status ${answer.status}: ${text.slice(0, 500)}`);
    return JSON.parse(text) as Check[];
  } catch (error) {
    throw new Error(`${String(error)}\n${server.output().trim()}`, { cause: error });
  } finally {
    server.stop();
  }
}
