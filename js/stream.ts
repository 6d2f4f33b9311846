/** A call whose answer is an event stream. */

import { decoder } from "./bytes.ts";
import { type Call, conclude, type Drafted, draft, prepare, readWhole, send } from "./caller.ts";
import { fork } from "./core.ts";
import { readEvents, type StreamEvent } from "./events.ts";
import { clientCore } from "./load/client.ts";
import type { CallOptions, ReadClientOptions } from "./options.ts";
import { wrong } from "./problems.ts";
import { isSuccess } from "./send.ts";

/** Makes one call, when it is first asked for an event, and gives the events of its answer. */
export function streamCall(
  client: ReadClientOptions,
  call: Call,
  options: CallOptions = {},
): AsyncGenerator<StreamEvent, void> {
  const drafted = draft(client, call, options);
  if (drafted.options.dryRun)
    throw wrong("dryRun", "is not for streams; check the same call by `call`");
  return events(drafted);
}

async function* events(drafted: Drafted): AsyncGenerator<StreamEvent, void> {
  const own = await fork(clientCore);
  const sent = await send(drafted, await prepare(drafted), true);
  const { answer } = sent;
  const streams = answer.mediaType === "text/event-stream" && isSuccess(answer.status);
  const answered = streams
    ? yield* readEvents(sent, answer, own, drafted.client.maxResponseBytes)
    : await readWhole(drafted, sent);
  if (answered === undefined) return;
  conclude(drafted, sent, answered);
  yield { event: "message", data: decoder.decode(answered.body), id: "" };
}
