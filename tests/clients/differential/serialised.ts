/** Where an SDK writes parameters as this package does, compares that too: from the parameters to what is sent. */

import assert from "node:assert/strict";
import { explain, type FormPart as Part } from "tc3-edge/signer";
import { asTheSdks, common, isOlder, sentQuery } from "./compare.ts";
import type { Observed } from "./observed.ts";
import type { Call, Sdk } from "./requests.ts";

/** What Node's JSON writer escapes and `JSON.stringify` does not. */
const ESCAPED_BY_NODE =
  /[\u007f-\u009f\u00ad\u0600-\u0604\u070f\u17b4\u17b5\u200c-\u200f\u2028-\u202f\u2060-\u206f\ufeff\ufff0-\uffff]/;

/** How many texts were equal: one, or none where the two are not meant to be. */
export function compareSerialised(sdk: Sdk, call: Call, seen: Observed): number {
  if (isOlder(call) || call.form === "skip-sign") return 0;
  const input = { ...common(sdk, call, seen), ...asTheSdks(call) };
  if (call.method === "GET") {
    const ours = sentQuery(explain(call.credential, { ...input, params: call.params }));
    assert.deepEqual(pairs(ours), pairs(escapeFully(sentQuery(seen))));
    return 1;
  }
  const sent = Buffer.from(seen.body, "base64");
  if (call.form === "post-json" && sdk === "node") {
    const { body } = explain(call.credential, { ...input, payload: call.params });
    if (ESCAPED_BY_NODE.test(String(body))) return 0;
    assert.equal(String(body), sent.toString());
    return 1;
  }
  const parts = call.form === "multipart" ? partsOf(sdk, call) : [];
  if (parts.length === 0) return 0;
  const { contentType = "", ...rest } = input;
  const boundary = contentType.replace(/^.*boundary=/, "");
  const { body = "" } = explain(call.credential, { ...rest, parts, boundary });
  assert.deepEqual(Buffer.from(body as Uint8Array), sent);
  return 1;
}

/** The parts that both write alike: texts, and bytes with the file name or the content type that the SDK gives them. */
function partsOf(sdk: Sdk, { params }: Call): Part[] {
  const parts = Object.entries(params).map(([name, value]): Part | undefined => {
    if (typeof value === "string") return { name, value };
    if (!(value instanceof Uint8Array)) return undefined;
    return sdk === "node"
      ? { name, value, filename: "", contentType: "application/octet-stream" }
      : { name, value, filename: name, contentType: "" };
  });
  return parts.every((part) => part !== undefined) ? parts : [];
}

/** RFC 3986: Python and Go write a space as `+`, Node leaves four marks as they are. */
function escapeFully(query: string): string {
  return query
    .replaceAll("+", "%20")
    .replace(/[*!()]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** Go sorts by name; the others keep the order that they were given. */
function pairs(query: string): string[] {
  return query.split("&").sort();
}
