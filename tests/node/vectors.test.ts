/** Every POST JSON vector through the built package, in each value that it states, and as `diagnose` judges it. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as client from "tc3-edge";
import { diagnose } from "tc3-edge/explain";
import * as signer from "tc3-edge/signer";

interface Vector {
  id: string;
  input: {
    secretId: string;
    secretKey: string;
    token?: string;
    service: string;
    host: string;
    region?: string;
    action: string;
    version: string;
    timestamp: number;
    method: string;
    signedHeaders: string[];
    headers: Record<string, string>;
    payload: Payload;
  };
  expected: Values & {
    byDocumentation?: Values;
    derivedKeys?: Values;
    body: { length: number; sha256: string };
  };
}
type Values = Record<string, unknown>;
type Payload =
  | { encoding: "utf8"; value: string }
  | { encoding: "repeat"; prefix: string; unit: string; count: number; suffix: string };

const vectors = ["post-json", "explain"]
  .map((name) => readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8"))
  .flatMap((text) => (JSON.parse(text) as { vectors: Vector[] }).vectors)
  .filter((vector) => vector.input.method === "POST");

/** What a departure from the documented form changes, and `byDocumentation` need not state. */
const STEPS = ["hashedPayload", "canonicalRequest", "hashedCanonicalRequest", "credentialScope"];
const LATER_STEPS = ["stringToSign", "signature", "authorization"];
const UNTOUCHED = ["hashedPayload", "credentialScope"];

function bytes(payload: Payload): string {
  if (payload.encoding === "utf8") return payload.value;
  return payload.prefix + payload.unit.repeat(payload.count) + payload.suffix;
}

for (const [name, { explain, sign, verify }] of Object.entries({ signer, client })) {
  test(`the ${name}'s module makes every value of every POST JSON vector`, (t) => {
    let values = 0;
    for (const { id, input, expected } of vectors) {
      const headers = new Map(Object.entries(input.headers).map(([k, v]) => [k.toLowerCase(), v]));
      const { secretId, secretKey, token } = input;
      const credential = { secretId, secretKey, ...(token ? { token } : {}) };
      const region = headers.get("x-tc-region") ?? input.region;
      const signInput: signer.SignInput = {
        service: input.service,
        host: input.host,
        action: headers.get("x-tc-action") ?? input.action,
        version: input.version,
        timestamp: input.timestamp,
        contentType: headers.get("content-type") ?? "",
        signedHeaders: input.signedHeaders,
        payload: bytes(input.payload),
        ...(region ? { region } : {}),
      };
      const ours = explain(credential, signInput, { keys: true });
      const made = ours as unknown as Values;
      for (const step of [...STEPS, ...LATER_STEPS]) {
        const documented = UNTOUCHED.includes(step) ? undefined : expected.byDocumentation;
        const stated = (documented ?? expected)[step];
        if (stated === undefined) continue;
        assert.equal(made[step], stated, `${id} ${step}`);
        values += 1;
      }
      for (const [key, stated] of Object.entries(expected.derivedKeys ?? {})) {
        assert.equal((ours.keys as Values | undefined)?.[key], stated, `${id} ${key}`);
        values += 1;
      }
      assert.equal(createHash("sha256").update(ours.body).digest("hex"), expected.body.sha256);
      const signed = sign(credential, signInput);
      assert.deepEqual(signed.headers, ours.headers);
      const found = verify(credential, signed, { now: input.timestamp * 1000 });
      assert.deepEqual(found, { ok: true, secretId, problems: [] }, id);
    }
    t.diagnostic(`${vectors.length} vectors, ${values} values`);
    assert.deepEqual([vectors.length, values], [29, 209]);
  });
}

test("diagnose blames what official SDKs sent for nothing but their departures", async () => {
  const blamed: Record<string, string[]> = {};
  for (const { id, input, expected } of vectors) {
    const { secretId, secretKey, token, timestamp, service } = input;
    const authorization = expected.authorization as string | undefined;
    if (authorization === undefined) continue;
    const sent = { "X-TC-Timestamp": String(timestamp), Authorization: authorization };
    const headers = { ...input.headers, ...sent, ...(token ? { "X-TC-Token": token } : {}) };
    const received = { method: "POST", url: "/", headers, body: bytes(input.payload) };
    const credential = { secretId, secretKey, ...(token ? { token } : {}) };
    const { ok, causes } = await diagnose(received, { credential, now: timestamp * 1000, service });
    if (!ok) blamed[id] = causes.map(({ cause, certain }) => `${cause} ${certain}`);
  }
  // One signs the host without its port, one leaves the values as they are.
  assert.deepEqual(blamed, { "pj-15": ["hostPort true"], "pj-23": ["valuesNotLowered true"] });
});
