/** Every vector of TC3-HMAC-SHA256 through the built package, in each value that it states. */

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import * as client from "tc3-edge";
import * as signer from "tc3-edge/signer";

interface Vector {
  id: string;
  form: string;
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
    method: "POST" | "GET";
    language?: "zh-CN" | "en-US";
    signedHeaders: string[];
    headers: Record<string, string>;
    payload?: Payload;
    paramsJson?: string;
    queryStyle?: string;
    unsignedPayload?: true;
    boundary?: string;
    multipartStyle?: "python" | "node";
    parts?: { name: string; text?: string; base64?: string; json?: string }[];
    variant?: string[];
  };
  expected: Values & {
    byDocumentation?: Values;
    derivedKeys?: Values;
    headersSent?: Record<string, string>;
    queryString?: string;
    body?: { length: number; sha256: string };
  };
}
type Values = Record<string, unknown>;
type Payload =
  | { encoding: "utf8"; value: string }
  | { encoding: "base64"; value: string }
  | { encoding: "repeat"; prefix: string; unit: string; count: number; suffix: string };

const FORMS = ["post-json", "get", "multipart", "octet-stream", "unsigned-payload", "explain"];
const vectors = FORMS.flatMap((name) => {
  const text = readFileSync(new URL(`../vectors/${name}.json`, import.meta.url), "utf8");
  return (JSON.parse(text) as { vectors: Vector[] }).vectors;
});

const STEPS = ["hashedPayload", "canonicalRequest", "hashedCanonicalRequest", "credentialScope"];
const LATER_STEPS = ["stringToSign", "signature", "authorization"];
/** What a departure from the documented form leaves as it is. */
const UNTOUCHED = ["hashedPayload", "credentialScope"];

function bytes(payload: Payload): string | Uint8Array {
  if (payload.encoding === "utf8") return payload.value;
  if (payload.encoding === "base64") return new Uint8Array(Buffer.from(payload.value, "base64"));
  return payload.prefix + payload.unit.repeat(payload.count) + payload.suffix;
}

/** A vector's request, with the query and the body as its signer sent them. */
function request({ input, expected }: Vector): [signer.Credential, signer.SignInput] {
  const headers = new Map(Object.entries(input.headers).map(([k, v]) => [k.toLowerCase(), v]));
  const { secretId, secretKey, token, service, host, version, timestamp, method } = input;
  const region = headers.get("x-tc-region") ?? input.region;
  const sent =
    method === "GET"
      ? { query: expected.queryString ?? "" }
      : { payload: bytes(input.payload ?? { encoding: "utf8", value: "" }) };
  return [
    { secretId, secretKey, ...(token && { token }) },
    {
      service,
      host,
      method,
      action: headers.get("x-tc-action") ?? input.action,
      version,
      timestamp,
      contentType: headers.get("content-type") ?? "",
      signedHeaders: input.signedHeaders,
      ...sent,
      ...(region && { region }),
      ...(input.language && { language: input.language }),
      ...(input.unsignedPayload && { unsignedPayload: true }),
    },
  ];
}

/** The options that sign as an SDK does where it departs from the documentation. */
function asTheSdk({ input }: Vector): Partial<signer.SignInput> {
  if (input.variant?.includes("verbatim-case")) return { canonicalValues: "asSent" };
  if (input.variant?.includes("host-without-port")) {
    return { host: input.host.split(":")[0] ?? "", sentHost: input.host };
  }
  return {};
}

function compare(id: string, ours: Values, stated: Values, steps: string[]): number {
  const present = steps.filter((step) => stated[step] !== undefined);
  for (const step of present) assert.equal(ours[step], stated[step], `${id} ${step}`);
  return present.length;
}

for (const [name, { explain, sign, verify }] of Object.entries({ signer, client })) {
  test(`the ${name}'s module makes every value of every vector`, (t) => {
    const counts: Record<string, [vectors: number, values: number]> = {};
    for (const vector of vectors) {
      const { id, form, expected, input } = vector;
      const [credential, signInput] = request(vector);
      const ours = explain(credential, signInput, { keys: true });
      const made = ours as unknown as Values;
      const documented = expected.byDocumentation;
      let values = compare(id, made, expected, documented ? UNTOUCHED : STEPS);
      values += compare(id, made, documented ?? expected, LATER_STEPS);
      if (documented) {
        values += compare(id, made, documented, ["canonicalRequest", "hashedCanonicalRequest"]);
        const sdk = explain(credential, { ...signInput, ...asTheSdk(vector) });
        values += compare(id, sdk as unknown as Values, expected, [...STEPS, ...LATER_STEPS]);
      }
      const keys = expected.derivedKeys ?? {};
      values += compare(id, { ...ours.keys }, keys, Object.keys(keys));
      if (expected.queryString !== undefined) {
        assert.equal(new URL(ours.url).search.slice(1), expected.queryString, `${id} query`);
        values += 1;
      }
      if (expected.body && ours.body !== undefined) {
        const sha256 = createHash("sha256").update(ours.body).digest("hex");
        assert.equal(sha256, expected.body.sha256, `${id} body`);
        values += 1;
      }
      const signed = sign(credential, signInput);
      assert.deepEqual(signed.headers, ours.headers);
      const found = verify(credential, signed, { now: input.timestamp * 1000 });
      const unsignedPayload = input.unsignedPayload === true;
      const { secretId } = input;
      assert.deepEqual(found, { secretId, ok: true, unsignedPayload, problems: [] }, id);
      const [before, so] = counts[form] ?? [0, 0];
      counts[form] = [before + 1, so + values];
    }
    t.diagnostic(JSON.stringify(counts));
    assert.deepEqual(counts, {
      "post-json": [25, 208],
      get: [17, 136],
      multipart: [6, 52],
      "octet-stream": [5, 40],
      "unsigned-payload": [5, 40],
      explain: [5, 55],
    });
  });
}

test("common headers are those that the official SDKs sent", () => {
  const names = ["Action", "Version", "Region", "Timestamp", "Token", "Language", "Content-SHA256"];
  let values = 0;
  for (const vector of vectors) {
    const sent = vector.expected.headersSent ?? {};
    const { headers } = signer.sign(...request(vector));
    for (const name of names.map((name) => `X-TC-${name}`)) {
      const stated = sent[name.toLowerCase()];
      if (!stated) continue; // Go sends what is not given as empty headers.
      assert.equal(headers[name], stated, `${vector.id} ${name}`);
      values += 1;
    }
  }
  assert.equal(values, 249);
});

test("parameters are flattened and escaped as the documentation asks", () => {
  let same = 0;
  for (const vector of vectors.filter(({ input }) => input.paramsJson && input.method === "GET")) {
    const [credential, { query: _, ...input }] = request(vector);
    const params = JSON.parse(vector.input.paramsJson ?? "", (name, value) =>
      name === "Big" ? 9007199254740993n : value,
    );
    const { url } = signer.sign(credential, { ...input, params });
    const { queryString } = vector.expected;
    if (new URL(url).search.slice(1) === queryString) same += 1;
    else assert.notEqual(vector.input.queryStyle, "rfc3986", vector.id);
  }
  assert.equal(same, 10);
});

test("parts make the very bodies that the official SDKs sent", () => {
  let bodies = 0;
  for (const vector of vectors.filter(({ input }) => input.parts)) {
    const { parts = [], multipartStyle, boundary = "", payload } = vector.input;
    const [credential, { payload: _, contentType, ...input }] = request(vector);
    const listed = parts.map(({ name, text, base64, json }): signer.FormPart => {
      if (text !== undefined) return { name, value: text };
      // Python writes JSON with spaces.
      if (json !== undefined) {
        const spaced = json.replace(/([:,])/g, "$1 ");
        return { name, value: spaced, contentType: "application/json" };
      }
      const value = new Uint8Array(Buffer.from(base64 ?? "", "base64"));
      return {
        name,
        value,
        ...(multipartStyle === "node" ? { filename: "" } : { contentType: "" }),
      };
    });
    const make = () => signer.sign(credential, { ...input, parts: listed, boundary });
    if (/[A-Z]/.test(boundary)) {
      assert.throws(make, /boundary: must be 1 to 70 lower-case/);
      continue;
    }
    const signed = make();
    assert.equal(signed.headers["Content-Type"], contentType);
    const sent = bytes(payload as Payload);
    assert.deepEqual(
      Buffer.from(signed.body as Uint8Array),
      Buffer.from(sent as string),
      vector.id,
    );
    bodies += 1;
  }
  assert.equal(bodies, 5);
});
