/** Plays a story with a client, on a sandbox of its own: same seed, same time, so the same ids and answers. */

import { DEFAULT_ACCOUNT, type LedgerEntry } from "../../../sandbox/hosts/engine.ts";
import { type SandboxServer, serveSandbox } from "../../../sandbox/hosts/node.ts";
import type { Caller, Told } from "./clients.ts";
import { resolve } from "./references.ts";
import { type Step, times } from "./story.ts";
import { command, inThePast } from "./tester.ts";

/** What was told at a step, which stands beside it. */
export interface Line {
  step: Step;
  told: Told;
}

export interface Played {
  lines: Line[];
  /** What the sandbox says that happened, attempts too. */
  ledger: LedgerEntry[];
}

const DAY = 86_400_000;

/** Plays the steps; `moment`, in milliseconds since 1970, is the host's clock while they last. */
export async function play(steps: Step[], caller: Caller, moment: number): Promise<Played> {
  const sandbox = await serveSandbox({ seed: 7, now: () => moment, ...caller.serve });
  try {
    const now = Math.floor(moment / 1000);
    const answers: Record<string, unknown> = { moment: { now, inAWeek: now + 7 * 86_400 } };
    const lines: Line[] = [];
    for (const step of steps) {
      for (let time = 0; time < times(step); time += 1) {
        const told = await take(step, answers, caller, sandbox, moment);
        if (step.as !== undefined && "answer" in told) answers[step.as] = told.answer;
        lines.push({ step, told });
      }
    }
    return { lines, ledger: await sandbox.ledger({ attempts: true }) };
  } finally {
    await sandbox.close();
  }
}

/** One step, once. */
async function take(
  step: Step,
  answers: Record<string, unknown>,
  caller: Caller,
  sandbox: SandboxServer,
  moment: number,
): Promise<Told> {
  if ("control" in step) {
    return { answer: await command(sandbox, step.control, resolve(step.members, answers)) };
  }
  const { secretId, secretKey } = DEFAULT_ACCOUNT;
  const { action, payload, key = { secretId, secretKey }, plain = false, daysAgo } = step;
  const { url, caFile } = sandbox;
  const where = caFile === undefined ? { url } : { url, caFile };
  const asked = { ...where, key, action, payload: resolve(payload, answers), plain };
  if (daysAgo === undefined) return caller.call(asked);
  return inThePast(sandbox, asked, { past: moment - daysAgo * DAY, moment });
}
