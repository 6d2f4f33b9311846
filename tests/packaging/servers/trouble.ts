/**
 * A server that makes trouble on purpose, and counts. A call's `ServiceId` says which, before a colon:
 *
 * - `answer` answers; `echo` gives back the digits of `Wide`;
 * - `hang` never answers;
 * - `die` reads the body and ends the connection where that had served a call before; what comes again is answered;
 * - `misdirected` answers with 421 at first;
 * - with `-limit` behind it, what comes again is throttled: the first arrival may have been executed;
 * - `cut while writing` ends the connection when the first bytes of the body are there;
 * - the faults of faults.ts.
 *
 * `GET /state?id=…` tells what became of one ServiceId. Every page may ask.
 */

import { createServer, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { fail, type Truth } from "./faults.ts";
import { type Listening, listen } from "./listen.ts";
import { permit, readText, sendJson } from "./requests.ts";

/** What became of one ServiceId. */
interface State extends Truth {
  /** How many of them still wait for an answer. */
  open: number;
  /** Whether a reused connection was ended under one of them. */
  died: boolean;
}

const NOTHING: State = { arrivals: 0, executed: false, open: 0, died: false };

/** Starts one on a free port of loopback. */
export async function serveTrouble(): Promise<Listening> {
  const states = new Map<string, State>();
  const used = new WeakSet<Socket>();
  const server = createServer(async (request, response) => {
    permit(request, response);
    if (request.method === "OPTIONS") return void response.writeHead(204).end();
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://localhost");
    if (pathname === "/state") {
      const state = states.get(searchParams.get("id") ?? "");
      return void sendJson(response, 200, state ?? NOTHING);
    }
    let state = { ...NOTHING };
    let id = "";
    const begin = (text: string) => {
      id = /"ServiceId": ?"([^"]*)"/.exec(text)?.[1] ?? "";
      state = states.get(id) ?? state;
      states.set(id, state);
      state.arrivals += 1;
      if (id.startsWith("cut while writing:")) request.socket.destroy();
    };
    const body = await readText(request, begin).catch(() => undefined);
    if (body === undefined) return void response.destroy();
    const reused = used.has(request.socket);
    used.add(request.socket);
    if (fail(id, state, request, response)) return;
    makeTrouble({ what: id.split(":")[0] ?? "", id, state, reused, body }, response);
  });
  // A connection that the server ends while it is idle would be a trouble that nobody asked for.
  server.keepAliveTimeout = 60_000;
  return listen(server);
}

interface Call {
  what: string;
  id: string;
  state: State;
  /** Whether its connection had served a call before. */
  reused: boolean;
  body: string;
}

function makeTrouble({ what, id, state, reused, body }: Call, response: ServerResponse): void {
  const first = state.arrivals === 1;
  const [kind, again] = what.split("-");
  if (kind === "hang") {
    state.open += 1;
    response.on("close", () => {
      state.open -= 1;
    });
  } else if (kind === "die" && first && reused) {
    state.died = true;
    response.socket?.destroy();
  } else if (kind === "misdirected" && first) {
    sendJson(response, 421, {});
  } else if (again === "limit" && !first) {
    const error = { Code: "RequestLimitExceeded", Message: "too many" };
    sendJson(response, 200, { Response: { Error: error, RequestId: "trouble" } });
  } else {
    const wide = /"Wide":(\d+)/.exec(body)?.[1] ?? "0";
    const envelope = { ServiceId: id, Data: [], RequestId: "trouble" };
    // Written by hand: a double would lose the digits.
    const text = JSON.stringify({ Response: envelope }).replace("}}", `,"Wide":${wide}}}`);
    response.writeHead(200, { "Content-Type": "application/json" }).end(text);
  }
}
