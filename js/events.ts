/** An answer that comes as an event stream (`text/event-stream`); the core finds the events in its chunks. */

import { join } from "./bytes.ts";
import { type ClientExports, type Core, run } from "./core.ts";
import { moduleBroke, notTheProtocol, orFailure, type SentCall } from "./outcome.ts";
import type { Answer, Opened } from "./send.ts";

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

/** What is kept of an answer until its first event: a refusal may be labelled as a stream. */
const KEPT = 64 * 1024;

/**
 * The events of an answer, as they come. Leaving the loop early ends the connection. An answer without any event is
 * given back, to be read as a plain one.
 */
export async function* readEvents(
  call: SentCall,
  answer: Opened,
  core: Core<ClientExports>,
  maxBytes: number,
): AsyncGenerator<StreamEvent, Answer | undefined, undefined> {
  let kept: Uint8Array[] | undefined = [];
  let length = 0;
  const check = (bytes: number) => {
    if (bytes <= maxBytes) return;
    const message = `an event is larger than ${maxBytes} bytes, which is \`maxResponseBytes\``;
    throw notTheProtocol(call, message, { ...answer, body: join(kept ?? []) });
  };
  try {
    for (;;) {
      const chunk = await orFailure(call, answer.next());
      if (kept && chunk && length < KEPT) kept.push(chunk.slice(0, KEPT - length));
      length += chunk?.length ?? 0;
      const pending = feed(call, core, chunk);
      for (let event = take(call, core); event !== undefined; event = take(call, core)) {
        kept = undefined;
        check(event.data.length + event.event.length + event.id.length);
        yield event;
      }
      check(pending);
      if (chunk === undefined) return kept && { ...answer, body: join(kept) };
    }
  } finally {
    answer.close();
  }
}

/** Hands a chunk to the core, or says that there is no more; gives how many bytes wait for the end of their event. */
function feed(call: SentCall, core: Core<ClientExports>, chunk: Uint8Array | undefined): number {
  return guarded(call, () => {
    if (chunk === undefined) {
      run(core, [], (module) => module.events_end());
      return 0;
    }
    const [pending] = run(core, [chunk], (module, length) => module.events_push(length));
    return Number(pending);
  });
}

function take(call: SentCall, core: Core<ClientExports>): StreamEvent | undefined {
  const values = guarded(call, () => run(core, [], (module) => module.events_next()));
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
