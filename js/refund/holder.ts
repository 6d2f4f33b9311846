/** Which process holds a file, and whether it has surely ended. Where that is not sure, it is taken to run. */

import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import { hrtime, kill, pid, uptime } from "node:process";
import { isObject } from "../kinds.ts";

/** What is written of a process, for another one to read. */
export interface Holder {
  pid: number;
  host: string;
  /** A name of the machine's run since its last start; empty where it has none. */
  boot: string;
  /** When the process began, in seconds of a clock that no one sets. By it, processes of one number are told apart. */
  began: number;
}

/** Clocks of two threads of one process differ by less than this, in seconds. Two processes begin further apart. */
const CLOSE = 0.01;

/** This process, in each of its threads. */
export async function ourselves(): Promise<Holder> {
  return { pid, host: hostname(), boot: await bootId(), began: now() - uptime() };
}

function now(): number {
  const [seconds, nanoseconds] = hrtime();
  return seconds + nanoseconds / 1e9;
}

/** Linux's own; a start cannot be told from times, since somebody may set the clock. */
async function bootId(): Promise<string> {
  const text = await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "");
  return text.trim();
}

/** Reads what was written of one; `undefined` for anything else. */
export function holderIn(text: string): Holder | undefined {
  const found = parsed(text);
  if (!isObject(found)) return undefined;
  const { pid, host, boot, began } = found as Record<string, unknown>;
  const isPid = typeof pid === "number" && Number.isInteger(pid) && pid > 0;
  if (!isPid || typeof host !== "string" || typeof boot !== "string") return undefined;
  return typeof began === "number" ? { pid, host, boot, began } : undefined;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Whether a holder has surely ended. Of another machine's processes nothing is known here. */
export function hasEnded(holder: Holder, us: Holder): boolean {
  if (holder.host !== us.host) return false;
  if (holder.boot !== "" && us.boot !== "" && holder.boot !== us.boot) return true;
  // Containers begin with the same number again and again.
  if (holder.pid === us.pid) return Math.abs(holder.began - us.began) > CLOSE;
  try {
    kill(holder.pid, 0);
    return false;
  } catch (error) {
    return (error as { code?: string }).code === "ESRCH";
  }
}
