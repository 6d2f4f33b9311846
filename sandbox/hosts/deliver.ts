/** Sends an answer, or what a fault leaves of it. */

import type { ServerResponse } from "node:http";
import type { SandboxAnswer } from "./engine.ts";

export function deliver(answer: SandboxAnswer, response: ServerResponse): void {
  const { status, headers, body, delivery } = answer;
  const whole = () => void response.writeHead(status, headers.flat()).end(body);
  if (delivery === undefined) whole();
  else if (delivery === "cut") response.destroy();
  else if (delivery === "hang") return;
  else if ("late" in delivery) setTimeout(whole, delivery.late).unref();
  else {
    const bytes = Buffer.from(body);
    const length: [string, string] = ["Content-Length", `${bytes.length}`];
    response.writeHead(status, [...headers, length].flat());
    response.write(bytes.subarray(0, delivery.truncate), () => response.destroy());
  }
}
