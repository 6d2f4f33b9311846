/**
 * What a tester asks for over HTTP, under a path that no call of the service uses: `POST /_sandbox/COMMAND` with its members
 * as JSON, and a token (sandbox/README.md).
 */

import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { readOrigins } from "./cors.ts";
import type { Engine } from "./engine.ts";

/** Everything below it is no call of the service. */
export const CONTROL_PATH = "/_sandbox/";

/** A request, but for its body. */
interface Asked {
  method: string;
  target: string;
  headers: [name: string, value: string][];
}

interface Said {
  status: number;
  headers: [name: string, value: string][];
  body: string;
}

/** Who answers such requests, and the token that they need. */
export interface Controller {
  token: string;
  answer(asked: Asked, readBody: () => Promise<Uint8Array>): Promise<Said>;
}

/** Makes one for an engine. */
export function controller(
  engine: Engine,
  options: { controlToken?: string; consoleOrigin?: string },
): Controller {
  const token = options.controlToken ?? randomBytes(16).toString("hex");
  if (token === "") throw new Error("controlToken must not be empty");
  const [consoleOrigin] = readOrigins(options.consoleOrigin ? [options.consoleOrigin] : []);
  const isRight = (sent: string) => timingSafeEqual(digest(sent), digest(`Bearer ${token}`));

  const answer: Controller["answer"] = async ({ method, target, headers }, readBody) => {
    const sent = (wanted: string) =>
      headers.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value);
    const said = (status: number, body: unknown, more: Said["headers"] = []): Said => ({
      status,
      headers: [["Content-Type", "application/json"], ["Cache-Control", "no-store"], ...more],
      body: JSON.stringify(body),
    });
    const [origin] = sent("origin");
    const allowed: Said["headers"] =
      consoleOrigin === undefined
        ? []
        : [
            ["Vary", "Origin"],
            ["Access-Control-Allow-Origin", consoleOrigin],
            ["Access-Control-Allow-Headers", "authorization, content-type"],
          ];
    if (origin !== undefined && origin !== consoleOrigin) {
      return said(403, { error: "pages of this origin may not use the control API" });
    }
    if (method === "OPTIONS") return said(200, {}, allowed);
    const command = target.slice(CONTROL_PATH.length);
    if (method !== "POST") {
      return said(405, { error: `use POST, such as POST ${CONTROL_PATH}status` }, allowed);
    }
    if (!isRight(sent("authorization").join())) {
      const error = "give the token that was printed at the start: Authorization: Bearer TOKEN";
      return said(401, { error }, allowed);
    }
    try {
      const text = new TextDecoder().decode(await readBody());
      const members = text.trim() === "" ? {} : JSON.parse(text);
      return said(200, await run(engine, command, members), allowed);
    } catch (error) {
      return said(400, { error: error instanceof Error ? error.message : `${error}` }, allowed);
    }
  };
  return { token, answer };
}

/** Some need the host's store; the module knows the others. */
async function run(engine: Engine, command: string, members: object): Promise<unknown> {
  switch (command) {
    case "ledger":
      return engine.ledger(members);
    case "restore":
      await engine.restore(members);
      return {};
    case "record":
      engine.record();
      return {};
    case "recording":
      return engine.recording();
    default:
      return engine.control(command, members).catch((error) => {
        const { message } = error as Error;
        const own = "; and of this host `ledger`, `restore`, `record`, `recording`";
        throw message.startsWith("unknown variant") ? new Error(message + own) : error;
      });
  }
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
