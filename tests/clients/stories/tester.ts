/** What a tester does beside the clients: asks for something over the control API, and calls in the past. */

import { readFileSync } from "node:fs";
import { request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { json } from "node:stream/consumers";
import type { SandboxServer } from "../../../sandbox/hosts/node.ts";
import { type Asked, own, type Told } from "./clients.ts";

/** `POST /_sandbox/NAME`. */
export function command(sandbox: SandboxServer, name: string, members: object): Promise<unknown> {
  const { url, caFile, controlToken } = sandbox;
  const headers = { Authorization: `Bearer ${controlToken}` };
  const request =
    caFile === undefined
      ? overHttp(`${url}/_sandbox/${name}`, { method: "POST", headers })
      : overHttps(`${url}/_sandbox/${name}`, { method: "POST", headers, ca: readFileSync(caFile) });
  return new Promise((resolve, reject) => {
    request.once("error", reject).once("response", async (response) => {
      const said = await json(response);
      if (response.statusCode === 200) resolve(said);
      else reject(new Error(`${name}: ${JSON.stringify(said)}`));
    });
    request.end(JSON.stringify(members));
  });
}

/** Calls at a time before `moment`, by this package's client and without a network: others sign by the real clock only. */
export async function inThePast(
  sandbox: SandboxServer,
  asked: Asked,
  { past, moment }: { past: number; moment: number },
): Promise<Told> {
  const straight: typeof fetch = async (input, init) => {
    const request = new Request(input, init);
    const { host, pathname, search } = new URL(request.url);
    const { status, headers, body } = await sandbox.handle({
      method: request.method,
      target: pathname + search,
      headers: [["host", host], ...request.headers],
      body: new Uint8Array(await request.arrayBuffer()),
    });
    return new Response(body, { status, headers });
  };
  await command(sandbox, "setClock", { at: past });
  const told = await own({ now: () => past, fetch: straight }).call(asked);
  await command(sandbox, "setClock", { at: moment });
  return told;
}
