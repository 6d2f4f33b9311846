/** Compares what an SDK signed with what this package signs: each function gives how many values were equal. */

import assert from "node:assert/strict";
import { type LegacyInput, type SkipInput, signLegacy, skipSign } from "tc3-edge/legacy";
import { explain, type SignInput } from "tc3-edge/signer";
import { type Observed, steps, text } from "./observed.ts";
import type { Call, Sdk } from "./requests.ts";

/** The signature of the very query, headers and bytes that the SDK sent. */
export function compareSent(sdk: Sdk, call: Call, seen: Observed): number {
  if (isOlder(call)) return compareOlder(call, seen);
  const input = { ...common(sdk, call, seen), ...sentContent(seen) };
  const { authorization = "", ...headers } = extraHeaders(seen.headers);
  if (input.requestClient === undefined) delete headers["x-tc-requestclient"];
  const request = { method: seen.method, url: seen.url.replace(/\?$/, "") };
  if (call.form === "skip-sign") {
    // Node and Go send the token to actions that ask for no signature; Python and this package do not.
    delete headers["x-tc-token"];
    const ours = skipSign(input);
    const theirs = { ...request, headers: { ...headers, authorization: "SKIP" } };
    return equal({ ...ours, headers: extraHeaders(ours.headers) }, theirs);
  }
  const ours = explain(call.credential, { ...input, ...asTheSdks(call) }, { keys: true });
  return equal(
    { ...ours, ...ours.keys, headers: extraHeaders(ours.headers) },
    {
      ...request,
      ...steps(seen),
      credentialScope: /Credential=.*\/(\d.*\/tc3_request),/.exec(authorization)?.[1],
      signature: /Signature=(\w+)$/.exec(authorization)?.[1],
      authorization,
      headers: { ...headers, authorization },
    },
  );
}

/** The choices that make this package sign as the SDKs do. */
export function asTheSdks({ form }: Call): Partial<SignInput> {
  const unsignedPayload = form === "unsigned-payload";
  return { signedHeaders: "sdk", canonicalValues: "asSent", unsignedPayload };
}

/** What is the same however a request is given. */
export function common(sdk: Sdk, call: Call, { headers, method }: Observed): SkipInput {
  const { service, host, region, action, version, language } = call;
  // Node sends a port without signing it.
  const name = sdk === "node" ? { host: host.split(":")[0] ?? "", sentHost: host } : { host };
  return given({
    ...name,
    service,
    region,
    action,
    version,
    language,
    method: method as "POST" | "GET",
    contentType: headers["content-type"],
    // Go's clock cannot be set for a request without signature.
    timestamp: Number(headers["x-tc-timestamp"]),
    requestClient: headers["x-tc-requestclient"],
    traceId: headers["x-tc-traceid"],
    headers: call.headers,
  }) as SkipInput;
}

/** Whether it has a signature of before TC3. */
export function isOlder({ form }: Call): boolean {
  return form === "HmacSHA1" || form === "HmacSHA256";
}

/** The text after the question mark, as it was sent. */
export function sentQuery({ url }: { url: string }): string {
  return url.split("?")[1] ?? "";
}

function sentContent(seen: Observed): Partial<SkipInput> {
  if (seen.method === "GET") return { query: sentQuery(seen) };
  return { payload: new Uint8Array(Buffer.from(seen.body, "base64")) };
}

/** The older signatures sign decoded parameters, so what is compared is made from the SDK's own input. */
function compareOlder(call: Call, seen: Observed): number {
  const sent = fields(seen.method === "GET" ? sentQuery(seen) : text(seen.body));
  const { service, host, region, action, version, language, timestamp, nonce, params } = call;
  const ours = signLegacy(
    call.credential,
    given({
      service,
      host,
      region,
      action,
      version,
      language,
      timestamp,
      nonce,
      params,
      method: call.method,
      algorithm: call.form,
      requestClient: sent.RequestClient,
    }) as LegacyInput,
  );
  const [mac] = seen.macs ?? [];
  const watched = mac && { stringToSign: text(mac.input), signature: mac.digest };
  const content = call.method === "GET" ? sentQuery(ours) : String(ours.body);
  return equal(
    { ...ours, url: ours.url.split("?")[0], sent: fields(content) },
    {
      ...watched,
      signature: sent.Signature,
      method: seen.method,
      url: seen.url.split("?")[0],
      sent,
    },
  );
}

/** Names and values, decoded; their order is nobody's. */
function fields(content: string): Record<string, string> {
  return Object.fromEntries(new URLSearchParams(content));
}

/** The members that have a value. */
function given(members: object): object {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined));
}

/** What the protocol and the caller add to a request; Go sends an empty language where there is none. */
function extraHeaders(headers: Record<string, string>): Record<string, string> {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
  const ours = /^(x-|content-type$|authorization$)/;
  return Object.fromEntries(
    entries.filter(([name = "", value]) => ours.test(name) && value !== ""),
  );
}

/** Each of their values is ours. */
function equal(ours: object, theirs: object): number {
  const names = Object.keys(theirs);
  const mine = Object.fromEntries(names.map((name) => [name, ours[name as keyof typeof ours]]));
  assert.deepEqual(mine, theirs);
  return names.length;
}
