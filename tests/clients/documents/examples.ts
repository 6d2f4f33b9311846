/** What sandbox/README.md shows for each client, run as it stands against a sandbox that is started as it says. */

import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";
import { promisify } from "node:util";
import { blocks, read, top } from "../../node/documents/documents.ts";

const run = promisify(execFile);

/** A folder for an example, and what it says there. */
export interface Example {
  folder: string;
  code: string;
}

/**
 * Starts a sandbox by one of the document's commands, in an empty folder; gives the document's code in a language, with the
 * port that is free in place of the usual one.
 */
export async function example(t: TestContext, language: string, tls = false): Promise<Example> {
  const text = read("sandbox/README.md");
  const [code, ...more] = blocks(text, language);
  assert(code !== undefined && more.length === 0, `one block in ${language}`);
  const folder = `${top}/test-results/clients/${language}${tls ? "-tls" : ""}`;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const started = /`npm run sandbox -- (--tls [^`]+)`/.exec(text)?.[1];
  assert(started !== undefined, "a command that serves by HTTPS");
  const host = await serve(t, folder, tls ? started.split(" ") : []);
  return { folder, code: code.replaceAll("127.0.0.1:4180", host) };
}

/** Runs a program in the example's folder, and gives what it printed. */
export async function printed(
  { folder }: Example,
  program: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
): Promise<string> {
  const { stdout } = await run(program, args, { cwd: folder, env: { ...process.env, ...env } });
  return stdout.trim();
}

/** Writes the example's code to a file in its folder. */
export function written({ folder, code }: Example, name: string): string {
  writeFileSync(`${folder}/${name}`, code);
  return `${folder}/${name}`;
}

/** The host of a sandbox that was started with these arguments. */
async function serve(t: TestContext, folder: string, args: string[]): Promise<string> {
  const program = ["--import", import.meta.resolve("tsx"), `${top}/sandbox/hosts/serve.ts`];
  const child = spawn(process.execPath, [...program, ...args, "--port", "0"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "inherit"],
  });
  t.after(() => child.kill());
  for await (const line of createInterface({ input: child.stdout })) {
    const host = /offline, at https?:\/\/(\S+?)(,|$)/.exec(line)?.[1];
    if (host === undefined) continue;
    child.stdout.resume();
    return host;
  }
  throw new Error("the sandbox has not started");
}
