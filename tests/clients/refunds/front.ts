/** A server before the sandbox, by which each arrival of a refund meets its fault. It knows no client, and counts nothing. */

import { createServer, type IncomingMessage } from "node:http";
import { buffer } from "node:stream/consumers";
import { deliver } from "../../../sandbox/hosts/deliver.ts";
import type { SandboxAnswer } from "../../../sandbox/hosts/engine.ts";
import type { SandboxServer } from "../../../sandbox/hosts/node.ts";
import { type Listening, listen } from "../../packaging/servers/listen.ts";
import { type Fault, faultsOf } from "./seeds.ts";

/** An order that is to be refunded; its account, whose secret id is the same text, has no other. */
export interface Order {
  seed: number;
  account: string;
  serviceId: string;
  orderId: string;
}

export const ACTION = "RefundStorageService";

/** What the sandbox does itself, so that its ledger has it. A late answer is one that its client does not wait for. */
const ASKED: Partial<Record<Fault, { when: "before" | "after"; effect: unknown }>> = {
  "cut after": { when: "after", effect: "cut" },
  "cut inside": { when: "after", effect: { truncate: 40 } },
  late: { when: "after", effect: "hang" },
  "502 before": { when: "before", effect: { status: 502 } },
  "502 after": { when: "after", effect: { status: 502 } },
  "internal before": { when: "before", effect: { code: "InternalError" } },
  "internal after": { when: "after", effect: { code: "InternalError" } },
  throttled: { when: "before", effect: { code: "RequestLimitExceeded" } },
  "302 before": { when: "before", effect: { status: 302 } },
  "302 after": { when: "after", effect: { status: 302 } },
};

/** Starts one on a free port of loopback. What is no refund of these orders passes unharmed. */
export async function serveFaults(sandbox: SandboxServer, orders: Order[]): Promise<Listening> {
  const ahead = new Map(orders.map((order) => [order.orderId, faultsOf(order.seed)]));
  const accounts = new Map(orders.map(({ orderId, account }) => [orderId, account]));
  const server = createServer(async (request, response) => {
    const body = await buffer(request).catch(() => undefined);
    if (body === undefined) return void response.destroy();
    const orderId = refunded(request, body);
    const fault = ahead.get(orderId)?.shift() ?? "none";
    if (fault === "lost") return void request.socket.destroy();
    const asked = ASKED[fault];
    const account = accounts.get(orderId);
    // Nothing comes between the two: the sandbox has done each when its function returns.
    const added =
      asked && sandbox.control("addFault", { ...asked, account, action: ACTION, count: 1 });
    const answer = sandbox.handle({
      method: request.method ?? "",
      target: request.url ?? "",
      headers: pairs(request.rawHeaders),
      body,
    });
    await added;
    deliver(spoilt(fault, await answer), response);
  });
  // A connection that the server ends while it is idle would be a fault of no seed.
  server.keepAliveTimeout = 60_000;
  return listen(server);
}

/** The order that a request is to refund; empty where it is something else. */
function refunded(request: IncomingMessage, body: Buffer): string {
  if (request.headers["x-tc-action"] !== ACTION) return "";
  return /"OrderId": ?"([^"]*)"/.exec(body.toString())?.[1] ?? "";
}

/** What of an answer is no matter of the sandbox's. A redirect leads to where the call came from. */
function spoilt(fault: Fault, answer: SandboxAnswer): SandboxAnswer {
  if (fault === "malformed after") return { ...answer, body: answer.body.slice(0, -20) };
  if (answer.status !== 302) return answer;
  return { ...answer, headers: [...answer.headers, ["Location", "/"]] };
}

function pairs(raw: string[]): [string, string][] {
  const names = raw.filter((_, at) => at % 2 === 0);
  return names.map((name, at) => [name, raw[2 * at + 1] ?? ""]);
}
