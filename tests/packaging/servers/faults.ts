/**
 * The ways in which a service fails that knows what it has done. A refund's `ServiceId` says which, before a colon; a number
 * may stand behind a dash, such as `status-503`.
 */

import type { IncomingMessage, ServerResponse } from "node:http";
import { sendJson } from "./requests.ts";

/** What became of one ServiceId. */
export interface Truth {
  /** How many calls came with it. */
  arrivals: number;
  /** Whether one of them was executed, so that it must not be called refused. */
  executed: boolean;
}

interface Call {
  id: string;
  /** What stands behind the dash. */
  number: number;
  truth: Truth;
  request: IncomingMessage;
  response: ServerResponse;
}

const DATE = "Tue, 14 Nov 2023 22:13:20 GMT";

/** How each fault answers. Who executes says so before it answers. */
const FAULTS: Record<string, (call: Call) => void> = {
  none: ({ id, truth, response }) => succeed(id, truth, response),
  "cut before": ({ request }) => void request.socket.destroy(),
  "cut after": ({ truth, request }) => {
    truth.executed = true;
    request.socket.destroy();
  },
  "cut at": ({ id, number, truth, request, response }) => {
    truth.executed = true;
    const bytes = Buffer.from(answerOf(id));
    response.writeHead(200, { "Content-Length": bytes.length });
    response.write(bytes.subarray(0, number), () => request.socket.destroy());
  },
  late: ({ truth }) => {
    truth.executed = true;
  },
  status: ({ id, number, truth, response }) => {
    truth.executed = true;
    response.writeHead(number, { Location: "/elsewhere" }).end(answerOf(id));
  },
  page: ({ number, truth, response }) => {
    truth.executed = true;
    response.writeHead(number, { "Content-Type": "text/html" }).end("<html>busy</html>");
  },
  "refused with status": ({ number, truth, response }) => {
    truth.executed = true;
    refuse(response, "AuthFailure.SignatureFailure", number);
  },
  storm: ({ id, number, truth, response }) => {
    if (truth.arrivals <= number) refuse(response, "RequestLimitExceeded");
    else succeed(id, truth, response);
  },
  missing: ({ response }) => refuse(response, "ResourceNotFound"),
  unsigned: ({ response }) => refuse(response, "AuthFailure.SignatureFailure"),
  internal: ({ truth, response }) => {
    truth.executed = true;
    refuse(response, "InternalError");
  },
  "no date": ({ id, truth, response }) => {
    response.sendDate = false;
    succeed(id, truth, response);
  },
  "wrong date": ({ id, truth, response }) => {
    response.setHeader("Date", DATE);
    succeed(id, truth, response);
  },
  charset: ({ id, truth, response }) => {
    response.setHeader("Content-Type", 'Application/JSON ; Charset="UTF-8"');
    succeed(id, truth, response);
  },
};

/** Answers a call whose ServiceId begins with a fault; says whether it was one. */
export function fail(id: string, truth: Truth, request: IncomingMessage, response: ServerResponse) {
  const [fault = "", number = "0"] = (id.split(":")[0] ?? "").split("-");
  const answer = Object.hasOwn(FAULTS, fault) ? FAULTS[fault] : undefined;
  answer?.({ id, number: Number(number), truth, request, response });
  return answer !== undefined;
}

function succeed(id: string, truth: Truth, response: ServerResponse): void {
  truth.executed = true;
  response.end(answerOf(id));
}

function refuse(response: ServerResponse, code: string, status = 200): void {
  sendJson(response, status, {
    Response: { Error: { Code: code, Message: "no" }, RequestId: "fault" },
  });
}

/** The whole answer to a refund. */
function answerOf(ServiceId: string): string {
  return JSON.stringify({ Response: { ServiceId, Data: [], RequestId: "fault" } });
}
