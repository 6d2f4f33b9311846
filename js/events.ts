/** An answer that comes as an event stream (`text/event-stream`); the core finds the events in its chunks. */

import type { ClientExports, Core } from "./core.ts";
import { failure, moduleBroke, notTheProtocol, type SentCall } from "./outcome.ts";
import type { Opened } from "./send.ts";
import { isFailure } from "./send.ts";

/** One event. */
export interface StreamEvent {
  /** Its type. @default "message" */
  event: string;
  /** Its data, lines joined by line feeds; most services write JSON. */
  data: string;
  /** The last id that was given, in this event or before. */
  id: string;
  /** How long the service asks to wait before a new connection, in milliseconds. */
  retry?: number;
}

/** The events of an answer, as they come. Leaving the loop early ends the connection. */
export async function* readEvents(
  call: SentCall,
  answer: Opened,
  core: Core<ClientExports>,
  maxBytes: number,
): AsyncGenerator<StreamEvent, void, undefined> {
  try {
    for (;;) {
      const chunk = await answer.next();
      if (isFailure(chunk)) throw failure(call, chunk);
      const pending = feed(call, core, chunk);
      if (pending > maxBytes) {
        const message = `an event is larger than ${maxBytes} bytes, which is \`maxResponseBytes\``;
        throw notTheProtocol(call, message, { ...answer, body: chunk ?? new Uint8Array() });
      }
      for (let event = take(call, core); event !== undefined; event = take(call, core)) yield event;
      if (chunk === undefined) return;
    }
  } finally {
    answer.close();
  }
}

/** Hands a chunk to the core, or says that there is no more; gives how many bytes wait for the end of their event. */
function feed(call: SentCall, core: Core<ClientExports>, chunk: Uint8Array | undefined): number {
  return guarded(call, () => {
    if (chunk === undefined) {
      core.run([], (module) => module.events_end());
      return 0;
    }
    const [pending] = core.run([chunk], (module, [length = 0]) => module.events_push(length));
    return Number(pending);
  });
}

function take(call: SentCall, core: Core<ClientExports>): StreamEvent | undefined {
  const values = guarded(call, () => core.run([], (module) => module.events_next()));
  const [event, id = "", retry = "", ...data] = values;
  if (event === undefined) return undefined;
  const read = { event, data: data.join("\0"), id };
  return retry === "" ? read : { ...read, retry: Number(retry) };
}

function guarded<T>(call: SentCall, work: () => T): T {
  try {
    return work();
  } catch (cause) {
    throw moduleBroke(call, cause);
  }
}
