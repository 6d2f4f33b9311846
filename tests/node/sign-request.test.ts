/** `signRequest`: what comes out verifies as it arrives over real HTTP, and what cannot is refused. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import {
  CredentialError,
  type SignRequestInput,
  sign,
  signRequest,
  ValidationError,
  verify,
} from "tc3-edge/signer";
import { credential as pair, token } from "./credential.ts";
import { serve } from "./server.ts";

const credential = { ...pair, token };
const input = { service: "cvm", action: "DescribeInstances", version: "2017-03-12" };
const JSON_TYPE = { "Content-Type": "application/json" };

/** Sends it, and verifies what arrived. */
async function arrives(t: TestContext, path: string, init: RequestInit, more = {}) {
  let found: ReturnType<typeof verify> | undefined;
  let got = "";
  const origin = await serve(t, async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const body = new Uint8Array(Buffer.concat(chunks));
    const headers = request.headers as Record<string, string>;
    found = verify(credential, {
      method: request.method ?? "",
      url: request.url ?? "",
      headers,
      body,
    });
    got = `${request.method} ${request.url} ${headers["content-type"]} ${body.length}`;
    response.end();
  });
  const request = new Request(origin + path, init);
  const signed = await signRequest(credential, request, { ...input, ...more });
  assert.equal(signed.redirect, "manual");
  await fetch(signed);
  assert.deepEqual(found?.problems, []);
  return got;
}

async function problems(request: unknown, more: Partial<SignRequestInput> = {}) {
  try {
    await signRequest(credential, request as Request, { ...input, ...more });
  } catch (error) {
    assert(error instanceof ValidationError, String(error));
    return error.problems.map(({ path, code }) => `${path} ${code}`);
  }
  return [];
}

test("each form of Request arrives signed", async (t) => {
  const post = (body: NonNullable<RequestInit["body"]>, headers = {}) =>
    arrives(t, "/", { method: "POST", body, headers });
  assert.equal(await post('{"A":"é"}', JSON_TYPE), "POST / application/json 10");
  const octets = { "Content-Type": "application/octet-stream", "X-Cls-Topic": "t" };
  assert.equal(await post(new Uint8Array([0, 255]), octets), "POST / application/octet-stream 2");
  assert.equal(await post(new Uint8Array([123, 125])), "POST / application/json; charset=utf-8 2");
  const form = new FormData();
  form.append("Text", "é");
  form.append("File", new File(["abc"], "a.txt"));
  const got = await post(form);
  assert.match(got, /^POST \/ multipart\/form-data; boundary=[^A-Z]+ \d+$/);
  const get = await arrives(t, "/?A.0=x%20y&B='", {});
  assert.equal(get, "GET /?A.0=x%20y&B=%27 application/x-www-form-urlencoded 0");
  assert.match(await arrives(t, "/??A=1", {}), /^GET \/\?\?A=1 /);
  await arrives(
    t,
    "/",
    { method: "POST", body: "{}", headers: JSON_TYPE },
    { signedHeaders: "sdk" },
  );
  await arrives(
    t,
    "/",
    { method: "POST", body: "{}", headers: JSON_TYPE },
    { unsignedPayload: true },
  );
});

test("it signs what sign signs, and uses the body up", async () => {
  const body = '{"Limit":1}';
  const url = "https://cvm.tencentcloudapi.com/";
  const request = new Request(url, { method: "POST", body, headers: JSON_TYPE });
  const more = { timestamp: 1_700_000_000, region: "ap-guangzhou", language: "en-US" } as const;
  const signed = await signRequest(credential, request, { ...input, ...more });
  const contentType = "application/json";
  const { headers } = sign(credential, { ...input, ...more, payload: body, contentType });
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  assert.deepEqual(Object.fromEntries(signed.headers), Object.fromEntries(lower));
  assert.equal(await signed.text(), body);
  assert.equal(request.bodyUsed, true);
  assert.deepEqual(await problems(request), ["request.body Value"]);
});

test("another host may be signed than the one that is sent to", async () => {
  const request = new Request("https://gateway.example/", { method: "POST", headers: JSON_TYPE });
  const host = "cvm.tencentcloudapi.com";
  const timestamp = 1_700_000_000;
  const signed = await signRequest(credential, request, { ...input, host, timestamp });
  const headers = { ...Object.fromEntries(signed.headers), host };
  const now = timestamp * 1000;
  assert.equal(verify(credential, { method: "POST", url: "/", headers }, { now }).ok, true);
  assert.equal(signed.url, "https://gateway.example/");
});

test("what cannot be signed is refused with its member", async () => {
  const url = "https://cvm.tencentcloudapi.com/";
  const post = (init: RequestInit, to = url) => new Request(to, { method: "POST", ...init });
  assert.deepEqual(await problems({}), ["request Type"]);
  assert.deepEqual(await problems(new Request(url, { mode: "no-cors" })), ["request.mode Value"]);
  assert.deepEqual(await problems(post({ body: "{}" })), ["request.headers.content-type Value"]);
  assert.deepEqual(await problems(post({ headers: JSON_TYPE }, `${url}path`)), [
    "request.url Value",
  ]);
  assert.deepEqual(await problems(post({ headers: JSON_TYPE }, `${url}?a=1`)), [
    "request.url Value",
  ]);
  assert.deepEqual(await problems(new Request(url, { method: "PUT" })), ["request.method Value"]);
  const own = { ...JSON_TYPE, Authorization: "x", "X-TC-Action": "Other" };
  assert.deepEqual(await problems(post({ headers: own })), [
    "request.headers.authorization Value",
    "request.headers.x-tc-action Value",
  ]);
  assert.deepEqual(await problems(post({ headers: JSON_TYPE }, "http://a.example/")), [
    "request.url Value",
  ]);
  assert.deepEqual(await problems(post({ headers: JSON_TYPE }), { action: "" }), [
    "action Missing",
  ]);
  assert.deepEqual(await problems(post({ headers: JSON_TYPE }), { paylod: 1 } as never), [
    "paylod Unknown",
  ]);
  const bad = { secretId: "id ", secretKey: `${pair.secretKey} ` };
  await assert.rejects(signRequest(bad, post({ headers: JSON_TYPE }), input), (error) => {
    assert(error instanceof CredentialError);
    assert(!JSON.stringify(error).includes(pair.secretKey));
    return true;
  });
});
