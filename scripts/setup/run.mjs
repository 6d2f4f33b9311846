/** Starts other programs, without a terminal to ask from, and keeps what they write. */

import { spawn } from "node:child_process";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { Stop } from "./stop.mjs";

/** The top folder of the repository. */
export const root = path.resolve(fileURLToPath(import.meta.url), "../../..");

/**
 * @typedef {object} Options
 * @property {Record<string, string>} [env] added to this process's environment
 * @property {string} [cwd] where it is started; default: the top folder
 * @property {number} [timeout] milliseconds after which the program is ended; default: none
 *
 * @typedef {object} Result
 * @property {number} code the exit status; 127 where the program could not be started
 * @property {string} stdout
 * @property {string} output stdout and stderr in the order of arrival
 */

/**
 * Runs a program to its end and never throws.
 * @param {string} program
 * @param {string[]} [args]
 * @param {Options} [options]
 * @returns {Promise<Result>}
 */
export function attempt(program, args = [], { cwd = root, env = {}, timeout } = {}) {
  return new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let output = "";
    child.stdout.setEncoding("utf8").on("data", (text) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text) => {
      output += text;
    });
    const end = () => {
      output += `\nended after ${(timeout ?? 0) / 1000} s without a result`;
      child.kill();
      // A grandchild may hold the pipes open: they are not waited for.
      child.stdout.destroy();
      child.stderr.destroy();
    };
    const timer = timeout === undefined ? undefined : setTimeout(end, timeout);
    child.on("error", (error) => {
      clearTimeout(timer);
      resolve({ code: 127, stdout, output: `${output}${error.message}` });
    });
    child.on("close", (code) => {
      clearTimeout(timer);
      resolve({ code: code ?? 1, stdout, output });
    });
  });
}

/**
 * Runs a program that has to succeed, and gives what it wrote to stdout.
 * @param {string} program
 * @param {string[]} [args]
 * @param {Options} [options]
 */
export async function run(program, args = [], options = {}) {
  const { code, stdout, output } = await attempt(program, args, options);
  if (code === 0) return stdout;
  const line = [program, ...args].join(" ");
  throw new Stop(`${output.trim()}\n\nthis command failed (exit status ${code}): ${line}`);
}
