/** Which process holds a file, and whether it has surely ended. Where that is not sure, it is taken to run. */

import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
// Not by their names: Deno does not export each of them.
import process from "node:process";
import { isObject } from "../kinds.ts";

/** What is written of a process, for another one to read. Only Linux has the last two; else they are empty. */
export interface Holder {
  pid: number;
  host: string;
  /** A name of the machine's run since its last start. */
  boot: string;
  /** When the process began, by a clock that nobody sets: processes that had one number are told apart by it. */
  began: string;
}

/** This process, in each of its threads. */
export async function ourselves(): Promise<Holder> {
  const { pid } = process;
  return { pid, host: hostname(), boot: await bootId(), began: await beginOf(pid) };
}

async function bootId(): Promise<string> {
  return (await readIfAny("/proc/sys/kernel/random/boot_id")).trim();
}

/** Empty too where there is no such process. */
async function beginOf(pid: number): Promise<string> {
  const stat = await readIfAny(`/proc/${pid}/stat`);
  // The second of its values is the program's name in brackets, which may hold anything; this is the 22nd.
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? "";
}

function readIfAny(path: string): Promise<string> {
  return readFile(path, "utf8").catch(() => "");
}

/** Reads what was written of one; `undefined` for anything else. */
export function holderIn(text: string): Holder | undefined {
  const found = parsed(text);
  if (!isObject(found)) return undefined;
  const { pid, host, boot, began } = found as Record<string, unknown>;
  // Zero and less are no process to ask after, but groups of them.
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid < 1) return undefined;
  const texts = typeof host === "string" && typeof boot === "string" && typeof began === "string";
  return texts ? { pid, host, boot, began } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a holder has surely ended. Of another machine's processes nothing is known here. */
export async function hasEnded(holder: Holder, us: Holder): Promise<boolean> {
  if (holder.host !== us.host) return false;
  if (differ(holder.boot, us.boot)) return true;
  // Its number may be another process's by now, or ours: in containers they begin anew with each start.
  if (differ(holder.began, await beginOf(holder.pid))) return true;
  try {
    process.kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === "ESRCH";
  }
}

/** Whether two are known, and not the same. */
function differ(one: string, other: string): boolean {
  return one !== "" && other !== "" && one !== other;
}
