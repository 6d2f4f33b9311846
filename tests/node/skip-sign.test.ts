/** Requests without a signature: what is sent is what the official SDKs sent, and nothing of a credential is in it. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import { skipSign } from "tc3-edge/legacy";

interface Vector {
  id: string;
  input: {
    service: string;
    host: string;
    region: string;
    action: string;
    version: string;
    timestamp: number;
    language?: "zh-CN" | "en-US";
    headers: Record<string, string>;
    payload: { value: string };
  };
  expected: {
    authorization: string;
    headersSent: Record<string, string>;
    body: { sha256: string };
  };
}

const file = new URL("../vectors/skip-sign.json", import.meta.url);
const { vectors } = JSON.parse(readFileSync(file, "utf8")) as { vectors: Vector[] };

/** What every SDK adds of its own. */
const OWN = ["host", "x-tc-requestclient", "x-tc-traceid"];

test("what is sent without a signature is what the official SDKs sent", (t) => {
  let values = 0;
  for (const { id, input, expected } of vectors) {
    const { headers: given, payload, ...members } = input;
    const { service, host, region, action, version, timestamp, language } = members;
    const { headers, body, url } = skipSign({
      service,
      host,
      region,
      action,
      version,
      timestamp,
      ...(language && { language }),
      contentType: given["Content-Type"] ?? "",
      payload: payload.value,
    });
    assert.equal(headers.Authorization, expected.authorization, id);
    const sent = new Map(
      Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
    );
    for (const [name, stated] of Object.entries(expected.headersSent)) {
      if (OWN.includes(name)) continue;
      assert.equal(sent.get(name), stated, `${id} ${name}`);
      values += 1;
    }
    assert.equal(url, `https://${expected.headersSent.host}/`);
    const sha256 = createHash("sha256").update(String(body)).digest("hex");
    assert.equal(sha256, expected.body.sha256, id);
    values += 3;
  }
  t.diagnostic(`${vectors.length} vectors, ${values} values`);
  assert.deepEqual([vectors.length, values], [3, 24]);
});

test("it takes every form, and no member of a signature", () => {
  const base = { service: "cvm", action: "A", version: "V", timestamp: 1 };
  const get = skipSign({ ...base, method: "GET", params: { A: [1] } });
  assert.equal(get.url, "https://cvm.tencentcloudapi.com/?A.0=1");
  const form = skipSign({ ...base, parts: [{ name: "A", value: "x" }] });
  assert.match(form.headers["Content-Type"] ?? "", /^multipart\/form-data; boundary=tc3-edge-/);
  for (const wrong of [
    { payloadHash: "0" },
    { signedHeaders: "sdk" },
    { credential: {} },
    { action: "" },
  ]) {
    assert.throws(() => skipSign({ ...base, ...wrong } as never), ValidationError);
  }
});
