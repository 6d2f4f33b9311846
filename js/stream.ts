/** A call whose answer is an event stream. */

import { decoder } from "./bytes.ts";
import { type Call, type Drafted, draft, make } from "./call.ts";
import { orTimeIsUp, takePlaceAndTurn } from "./caller.ts";
import { fork } from "./core.ts";
import { OutcomeUnknownError } from "./errors.ts";
import { readEvents, type StreamEvent } from "./events.ts";
import { clientCore } from "./load/client.ts";
import type { ReadCallOptions, ReadClientOptions } from "./options.ts";
import { wrong } from "./problems.ts";
import { isSuccess } from "./send.ts";
import { remember } from "./targets.ts";
import { conclude, prepare, readWhole, send } from "./try.ts";
import { leave } from "./turns.ts";

/** Makes one call, when it is first asked for an event, and gives the events of its answer. */
export function streamCall(
  client: ReadClientOptions,
  call: Call,
  options: ReadCallOptions,
): AsyncGenerator<StreamEvent, void> {
  const drafted = draft(client, call, options);
  if (drafted.options.dryRun)
    throw wrong("dryRun", "is not for streams; check the same call by `call`");
  return events(drafted);
}

async function* events(drafted: Drafted): AsyncGenerator<StreamEvent, void> {
  const made = await orTimeIsUp(1, make(drafted));
  const own = await fork(clientCore);
  const turn = takePlaceAndTurn(made);
  if (turn) await orTimeIsUp(1, turn);
  try {
    const sent = await send(made, await orTimeIsUp(1, prepare(made, true)), 1, true);
    const { answer } = sent;
    const streams = answer.mediaType === "text/event-stream" && isSuccess(answer.status);
    const answered = streams
      ? yield* readEvents(sent, answer, own, made.client.maxResponseBytes)
      : await readWhole(made, sent);
    if (answered === undefined) return;
    conclude(made, sent, answered);
    yield { event: "message", data: decoder.decode(answered.body), id: "" };
  } catch (error) {
    if (error instanceof OutcomeUnknownError) remember(made.client.state.open, made.target);
    throw error;
  } finally {
    leave(made.client.state);
  }
}
