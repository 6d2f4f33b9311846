/** The official Node SDK, with a clock, chances and a network of the test's. */

import crypto from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Agent } from "node:https";
import { createRequire } from "node:module";
import { duplexPair } from "node:stream";
import { buffer } from "node:stream/consumers";
import { mock } from "node:test";
import type { Digest, Observed } from "./observed.ts";
import type { Call } from "./requests.ts";

// The SDK copies these functions when it is loaded: it alone keeps the watched ones.
const watched = watch();
const require = createRequire(import.meta.url);
const sdk: typeof import("tencentcloud-sdk-nodejs-common") = require("tencentcloud-sdk-nodejs-common");
mock.reset();

/** Calls the SDK once for each, one after the other: what it watches is the process's own. */
export async function observeNode(calls: Call[]): Promise<Observed[]> {
  const observed: Observed[] = [];
  for (const call of calls) observed.push(await observe(call));
  return observed;
}

async function observe(call: Call): Promise<Observed> {
  const { agent, requests } = inMemory();
  watched.hashes.length = 0;
  watched.macs.length = 0;
  fix(call);
  try {
    await send(call, agent);
  } finally {
    mock.reset();
  }
  const [request] = requests;
  if (!request) throw new Error("the SDK sent nothing");
  return { ...request, hashes: [...watched.hashes], macs: [...watched.macs] };
}

function send(call: Call, agent: Agent): Promise<unknown> {
  const { credential, region, language, form } = call;
  const client = new sdk.CommonClient(call.host, call.version, {
    credential,
    ...(region ? { region } : {}),
    profile: {
      signMethod: form === "HmacSHA1" || form === "HmacSHA256" ? form : "TC3-HMAC-SHA256",
      ...(language ? { language } : {}),
      httpProfile: {
        reqMethod: call.method,
        agent,
        headers: { ...call.headers, "X-TC-TraceId": call.traceId },
      },
    },
  });
  if (form === "octet-stream")
    return client.requestOctetStream(call.action, Buffer.from(call.body));
  const data = Object.entries(call.params).map(([name, value]) => [
    name,
    value instanceof Uint8Array ? Buffer.from(value) : value,
  ]);
  return client.request(call.action, Object.fromEntries(data), {
    multipart: form === "multipart",
    skipSign: form === "skip-sign",
    ...(call.contentType ? { headers: { "Content-Type": call.contentType } } : {}),
  });
}

/** An agent whose connections end in this process. */
function inMemory() {
  const requests: Observed[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const { method = "", url = "", headers } = request;
    const body = (await buffer(request)).toString("base64");
    requests.push({
      method,
      url: `https://${headers.host}${url}`,
      headers: headers as Record<string, string>,
      body,
    });
    response.setHeader("Content-Type", "application/json").end('{"Response":{}}');
  };
  const server = createServer({ maxHeaderSize: 1 << 20 }, answer);
  const agent = new Agent();
  agent.createConnection = () => {
    const [near, far] = duplexPair();
    server.emit("connection", far);
    return near;
  };
  return { agent, requests };
}

/** The clock, the nonce and the boundary are the call's. */
function fix({ timestamp, nonce }: Call): void {
  mock.method(Date, "now", () => timestamp * 1000);
  mock.method(Date.prototype, "getTime", () => timestamp * 1000);
  mock.method(Math, "random", () => nonce / 65_535);
  mock.method(crypto, "randomBytes", (size: number) => Buffer.alloc(size, nonce));
}

/** Notes what is hashed. */
function watch() {
  const hashes: Digest[] = [];
  const macs: (Digest & { key: string })[] = [];
  const { createHash, createHmac } = crypto;
  mock.method(crypto, "createHash", (name: string) =>
    noted(createHash(name), (digest) => hashes.push(digest)),
  );
  mock.method(crypto, "createHmac", (name: string, key: string | Buffer) =>
    noted(createHmac(name, key), (digest) => {
      macs.push({ key: Buffer.from(key as string).toString("base64"), ...digest });
    }),
  );
  return { hashes, macs };
}

/** The same hash; `note` gets its whole input and its digest. */
function noted(hash: crypto.Hash | crypto.Hmac, note: (digest: Digest) => void) {
  const inputs: Buffer[] = [];
  const update = hash.update.bind(hash) as (data: string | Buffer) => unknown;
  const digest = hash.digest.bind(hash);
  return {
    update(data: string | Buffer) {
      inputs.push(Buffer.from(data as string));
      update(data);
      return this;
    },
    digest(encoding?: BufferEncoding) {
      const result = digest();
      const input = Buffer.concat(inputs).toString("base64");
      note({ input, digest: result.toString("base64") });
      return encoding ? result.toString(encoding) : result;
    },
  };
}
