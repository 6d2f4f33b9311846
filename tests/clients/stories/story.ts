/** Stories as data: what is called one after the other, by whichever client. `told/` has them; it knows no client. */

import { readdirSync, readFileSync } from "node:fs";
import type { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";

/** The clients that stories are played by, beside this package's. */
export type Sdk = "node" | "python" | "go" | "tccli";

/** Who calls; `token` is that of a temporary key. */
export interface Key extends Pick<typeof DEFAULT_ACCOUNT, "secretId" | "secretKey"> {
  token?: string;
}

/** A call. In its payload `"${bought.Data.0.OrderId}"` stands for what an earlier answer held. */
export interface CallStep {
  action: string;
  payload: Record<string, unknown>;
  /** The name of its answer. */
  as?: string;
  /** The code that is expected in place of an answer. */
  code?: string;
  /** @default the sandbox's own */
  key?: Key;
  /** How often it is called. @default 1 */
  times?: number;
  /** Sent as it stands, past the models that a client has: they know neither what is missing nor what is new. */
  plain?: boolean;
  /** Called so long before the others, by this package's client: no other one can sign in the past. */
  daysAgo?: number;
  /** Which client cannot make this call, and why. */
  notBy?: Partial<Record<Sdk, string>>;
}

/** What a tester asks for, over HTTP. */
export interface ControlStep {
  control: string;
  members: Record<string, unknown>;
  /** The name of its answer. */
  as?: string;
}

export type Step = CallStep | ControlStep;

/** Steps on a sandbox of their own. */
export interface Story {
  story: string;
  steps: Step[];
}

const folder = new URL("told/", import.meta.url);

/** Every story, in the order of the files' names. */
export const STORIES: Story[] = readdirSync(folder)
  .sort()
  .map((name) => JSON.parse(readFileSync(new URL(name, folder), "utf8")));

/** Why a client cannot make a step; nothing where it can. */
export function notBy(step: Step, sdk: Sdk): string | undefined {
  return "action" in step ? step.notBy?.[sdk] : undefined;
}

/** How often it is taken. */
export function times(step: Step): number {
  return "action" in step ? (step.times ?? 1) : 1;
}
