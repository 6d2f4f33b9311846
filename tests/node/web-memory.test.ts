/** What the module of `signRequest` keeps: neither the key nor the token that it was given. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { credential, token } from "./credential.ts";

// The live instances, seen as they are made: the package hands none of them out.
const memories: WebAssembly.Memory[] = [];
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (async (module: BufferSource, imports?: WebAssembly.Imports) => {
  const made: object = await instantiate(module, imports);
  // From bytes both come, from a module the instance alone.
  const { exports } = ("instance" in made ? made.instance : made) as WebAssembly.Instance;
  memories.push(exports.memory as WebAssembly.Memory);
  return made;
}) as typeof instantiate;
const { signRequest } = await import("tc3-edge/signer");

const BODY_END = "the-end-of-the-body";

test("after a request is signed, neither its key nor its token is in memory", async () => {
  // What is freed may lose its first bytes by itself: the ends are looked for.
  const keyEnd = "the-end-of-the-key";
  const tokenEnd = "the-end-of-the-token";
  const who = {
    secretId: "test-id",
    secretKey: `${credential.secretKey}-${keyEnd}`,
    token: `${token}-${tokenEnd}`,
  };
  const headers = { "Content-Type": "application/json" };
  const request = new Request("http://127.0.0.1/", {
    method: "POST",
    headers,
    body: `{"A":"${BODY_END}"}`,
  });
  const call = { service: "cvm", action: "DescribeZones", version: "2017-03-12" };
  const signed = await signRequest(who, request, call);
  assert.equal(signed.headers.get("X-TC-Token"), who.token);
  const holds = (end: string) => memories.some(({ buffer }) => Buffer.from(buffer).includes(end));
  // What is not wiped is found: these are the right memories.
  assert(holds(BODY_END));
  assert(!holds(keyEnd) && !holds(tokenEnd));
});
