/** What official SDKs sent, as `diagnose` judges it: nothing is blamed but where they depart from the documentation. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { diagnose } from "tc3-edge/explain";

interface Vector {
  id: string;
  input: {
    secretId: string;
    secretKey: string;
    token?: string;
    service: string;
    timestamp: number;
    method: string;
    headers: Record<string, string>;
    payload?: { encoding: string; value: string };
    unsignedPayload?: true;
  };
  expected: { authorization?: string; queryString?: string };
}

const vectors = ["post-json", "get", "octet-stream", "unsigned-payload"].flatMap((name) => {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { vectors: Vector[] }).vectors;
});

test("official SDKs are blamed for nothing but their departures", async () => {
  const blamed: Record<string, string> = {};
  let judged = 0;
  for (const { id, input, expected } of vectors) {
    const { secretId, secretKey, token, timestamp, service, method, payload } = input;
    const encoding = payload?.encoding ?? "utf8";
    if (!expected.authorization || !["utf8", "base64"].includes(encoding)) continue;
    const headers = {
      ...input.headers,
      "X-TC-Timestamp": String(timestamp),
      Authorization: expected.authorization,
      ...(token ? { "X-TC-Token": token } : {}),
      ...(input.unsignedPayload ? { "X-TC-Content-SHA256": "UNSIGNED-PAYLOAD" } : {}),
    };
    const url = method === "GET" ? `/?${expected.queryString}` : "/";
    const body = Buffer.from(method === "GET" ? "" : (payload?.value ?? ""), encoding as "utf8");
    const credential = { secretId, secretKey, ...(token ? { token } : {}) };
    const options = { credential, now: timestamp * 1000, service };
    const { ok, causes } = await diagnose({ method, url, headers, body }, options);
    if (!ok) blamed[id] = causes.map(({ cause, certain }) => `${cause} ${certain}`).join();
    judged += 1;
  }
  assert.equal(judged, 51);
  // One signs the host without its port, one leaves the values as they are.
  assert.deepEqual(blamed, { "pj-15": "hostPort true", "pj-23": "valuesNotLowered true" });
});
