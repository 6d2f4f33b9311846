/** Runs a program in a project's folder, and ends it with all that it started. */

import { type ChildProcess, spawn } from "node:child_process";
import path from "node:path";
import type { Command, Servers } from "./project.ts";

/** Where a command runs, and what its arguments may name. */
export interface Place {
  folder: string;
  servers: Servers;
  /** A free port, where the command listens on one. */
  port?: number;
  /** Leaves the project's own programs off the path. */
  bare?: boolean;
}

/** How a command ended. */
export interface Ended {
  stdout: string;
  /** Both streams, for people. */
  output: string;
  status: number | null;
}

/** A command that runs. */
export interface Running {
  ended: Promise<Ended>;
  /** What it has said so far, on both streams. */
  output(): string;
  stop(): void;
}

/** No tool may report home, look for updates or ask a person. */
const QUIET = {
  CI: "1",
  DO_NOT_TRACK: "1",
  NO_COLOR: "1",
  NO_UPDATE_NOTIFIER: "1",
  NEXT_TELEMETRY_DISABLED: "1",
  WRANGLER_SEND_METRICS: "false",
  WRANGLER_SEND_ERROR_REPORTS: "false",
  WRANGLER_HIDE_BANNER: "true",
  CLOUDFLARE_CF_FETCH_ENABLED: "false",
  DENO_NO_UPDATE_CHECK: "1",
};

/** What runs now. A group of its own is not reached by a terminal's Ctrl-C, so it is ended with this process. */
const groups = new Set<ChildProcess>();
process.on("exit", () => groups.forEach(stopGroup));
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(1));

/** Starts a command; it leads a process group of its own, so that it can be ended with its children. */
export function start(command: Command, place: Place): Running {
  const [program = "", ...args] = command.map((argument) => fill(argument, place));
  const child = spawn(program, args, {
    cwd: place.folder,
    env: environment(place),
    stdio: ["ignore", "pipe", "pipe"],
    detached: true,
  });
  groups.add(child);
  let stdout = "";
  let output = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    output += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (status) => {
      groups.delete(child);
      resolve({ stdout, output, status });
    });
  });
  // It may be awaited late, or never: a server's end is not waited for.
  ended.catch(() => {});
  return { ended, output: () => output, stop: () => stopGroup(child) };
}

/** Runs a command to its end; whoever takes longer than `limit` milliseconds is ended, which is an error. */
export async function runToEnd(command: Command, place: Place, limit: number): Promise<Ended> {
  const running = start(command, place);
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    running.stop();
  }, limit);
  try {
    const ended = await running.ended;
    if (late) throw new Error(`did not end within ${limit / 1000} s\n${ended.output}`);
    return ended;
  } finally {
    clearTimeout(timer);
    running.stop();
  }
}

function stopGroup({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // It has ended.
  }
}

function fill(argument: string, { servers, port }: Place): string {
  return argument
    .replaceAll("{servers}", JSON.stringify(servers))
    .replaceAll("{sandbox}", servers.sandbox)
    .replaceAll("{trouble}", servers.trouble)
    .replaceAll("{port}", String(port))
    .replaceAll("{node}", process.execPath);
}

/** Without what npm and tsx told this process: a user's project would not see it. */
function environment({ folder, servers, bare }: Place): NodeJS.ProcessEnv {
  const own = Object.entries(process.env).filter(
    ([name]) => !/^(npm_(package|lifecycle|command|execpath)|NODE_OPTIONS$|NODE_ENV$)/.test(name),
  );
  const bin = bare ? [] : [path.join(folder, "node_modules/.bin")];
  return {
    ...Object.fromEntries(own),
    ...QUIET,
    PATH: [...bin, process.env.PATH].join(path.delimiter),
    TC3_SERVERS: JSON.stringify(servers),
  };
}
