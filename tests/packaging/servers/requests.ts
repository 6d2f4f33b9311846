/** What every server of the matrix does with a request. */

import type { IncomingMessage, ServerResponse } from "node:http";

/** Lets every page ask, with every header, and read every header. */
export function permit(request: IncomingMessage, response: ServerResponse): void {
  response.setHeader("Access-Control-Allow-Origin", "*");
  response.setHeader("Access-Control-Expose-Headers", "*");
  const asked = request.headers["access-control-request-headers"];
  if (asked !== undefined) response.setHeader("Access-Control-Allow-Headers", asked);
}

export function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(value));
}

/** Reads a body; `begin` is given its first bytes when they are there. */
export async function readText(
  request: IncomingMessage,
  begin: (text: string) => void = () => {},
): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) {
    if (chunks.push(chunk) === 1) begin(chunk.toString("utf8"));
  }
  return Buffer.concat(chunks).toString("utf8");
}
