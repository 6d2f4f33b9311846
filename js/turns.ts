/** Whose turn it is: no more calls at once than allowed, no more of an action in a second than the service takes. */

import { ask } from "./core.ts";
import { LimitError } from "./errors.ts";
import { clientCore } from "./load/client.ts";
import type { ClientState } from "./state.ts";
import { type Patience, pause, within } from "./wait.ts";

/** Waits for a place among those that are on their way, which is left by `leave`; there is nothing to wait for where one is free. */
export function takePlace(
  state: ClientState,
  places: number,
  patience: Patience,
): Promise<void> | undefined {
  if (state.running >= places) return waitForPlace(state, patience);
  state.running += 1;
  return undefined;
}

async function waitForPlace(state: ClientState, patience: Patience): Promise<void> {
  let mine: () => void = () => {};
  const given = new Promise<void>((resolve) => {
    mine = resolve;
  });
  state.waiting.push(mine);
  try {
    await within(given, patience);
  } catch (error) {
    const at = state.waiting.indexOf(mine);
    // It was handed over just before: the next one gets it.
    if (at < 0) leave(state);
    else state.waiting.splice(at, 1);
    throw error;
  }
}

/** A place goes from one to the next, so that nobody comes between. */
export function leave(state: ClientState): void {
  const next = state.waiting.shift();
  if (next) next();
  else state.running -= 1;
}

/** Waits, in the order in which they came, until an action may be sent again. */
export async function takeTurn(
  state: ClientState,
  action: string,
  perSecond: number,
  mode: "wait" | "fail",
  patience: Patience,
): Promise<void> {
  const before = state.queues.get(action);
  let done: () => void = () => {};
  const mine = new Promise<void>((resolve) => {
    done = resolve;
  });
  const queue = Promise.all([before, mine]).then(() => {
    if (state.queues.get(action) === queue) state.queues.delete(action);
  });
  state.queues.set(action, queue);
  try {
    if (before) await within(before, patience);
    const due = state.due.get(action) ?? 0;
    const ms = ask(clientCore, 0, (module) => module.rate_wait(due, performance.now()));
    if (ms > 0 && mode === "fail") throw LimitError.of(action, perSecond);
    if (ms > 0) await pause(ms, patience);
    const next = ask(clientCore, due, (module) =>
      module.due_after(due, performance.now(), perSecond),
    );
    state.due.set(action, next);
  } finally {
    done();
  }
}
