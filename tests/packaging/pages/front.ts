/**
 * Lets pages call a server of another origin, which is the sandbox. It listens on a port of its own rather than being a
 * path of the page's server: the suite is given servers by their origins, as users give an endpoint, and a page that
 * calls across origins, as most do, shows what the platform makes of that too.
 */

import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { type Listening, listen } from "../servers/listen.ts";

/** Starts a front before `target`, which is an origin. */
export async function openToPages(target: string): Promise<Listening> {
  const server = createServer((asked, answer) => {
    answer.setHeader("Access-Control-Allow-Origin", "*");
    answer.setHeader("Access-Control-Expose-Headers", "*");
    if (asked.method === "OPTIONS") permit(asked, answer);
    else passOn(target, asked, answer);
  });
  return listen(server);
}

function permit(asked: IncomingMessage, answer: ServerResponse): void {
  answer.setHeader(
    "Access-Control-Allow-Headers",
    asked.headers["access-control-request-headers"] ?? "",
  );
  answer.setHeader("Access-Control-Allow-Methods", "GET, POST");
  answer.writeHead(204).end();
}

/** The head goes on as it is, the signed Host too; whoever leaves, the other is left as well. */
function passOn(target: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { method = "GET", headers, url } = asked;
  const onward = request(`${target}${url}`, { method, headers, agent: false }, (back) => {
    answer.writeHead(back.statusCode ?? 502, back.headers);
    back.pipe(answer);
    back.on("error", () => answer.destroy());
  });
  onward.on("error", () => asked.socket.destroy());
  answer.on("close", () => onward.destroy());
  asked.pipe(onward);
}
