/** `diagnose` on its whole way: requests that are really signed wrongly, and every kind of subject. */

import assert from "node:assert/strict";
import { createHash, createHmac } from "node:crypto";
import { test } from "node:test";
import { ApiError, CredentialError, sign, ValidationError, verify } from "tc3-edge";
import { type Cause, type CauseName, type DiagnoseOptions, diagnose } from "tc3-edge/explain";
import { credential as pair, token } from "./credential.ts";

const SECRET = `Sentinel-${pair.secretKey}`;
const TOKEN = `Sentinel-${token}`;
const NOW = 1_700_000_000;
const credential = { secretId: "test-id", secretKey: SECRET };

/** Of a refusal. */
const DETAILS = {
  status: 200,
  attempts: 1,
  sentAt: NOW * 1000,
  remedy: "",
  outcome: "refused",
  retry: "never",
} as const;

/** What is signed; each test makes one part of it wrong. */
interface Recipe {
  method: string;
  query: string;
  /** Lower-case names, sorted; values as they stand in the canonical request. */
  headers: Record<string, string>;
  body: string;
  algorithm: string;
  timestamp: number;
  service: string;
  secretKey: string;
}

const RIGHT: Recipe = {
  method: "POST",
  query: "",
  headers: {
    "content-type": "application/json; charset=utf-8",
    host: "cvm.tencentcloudapi.com",
    "x-tc-action": "describezones",
  },
  body: '{"Limit":1}',
  algorithm: "TC3-HMAC-SHA256",
  timestamp: NOW,
  service: "cvm",
  secretKey: SECRET,
};

const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text);

/** Signs by Node's own crypto, and gives the texts on the way. */
function signBy(change: Partial<Recipe>) {
  const recipe = { ...RIGHT, ...change };
  const names = Object.keys(recipe.headers).join(";");
  const lines = Object.entries(recipe.headers).map(([name, value]) => `${name}:${value}\n`);
  const parts = [recipe.method, "/", recipe.query, lines.join(""), names, sha256(recipe.body)];
  const canonicalRequest = parts.join("\n");
  const date = new Date(recipe.timestamp * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${recipe.service}/tc3_request`;
  const { algorithm, timestamp } = recipe;
  const stringToSign = [algorithm, timestamp, scope, sha256(canonicalRequest)].join("\n");
  const links = [date, recipe.service, "tc3_request"];
  const key = links.reduce<string | Buffer>(
    (key, link) => hmac(key, link).digest(),
    `TC3${recipe.secretKey}`,
  );
  const signature = hmac(key, stringToSign).digest("hex");
  const authorization = `TC3-HMAC-SHA256 Credential=test-id/${scope}, SignedHeaders=${names}, Signature=${signature}`;
  return { canonicalRequest, stringToSign, authorization };
}

/** What is sent with such a signature. */
function send(signed: Partial<Recipe>, headers: Record<string, string> = {}, rest: object = {}) {
  return {
    method: "POST",
    url: "https://cvm.tencentcloudapi.com/",
    headers: {
      "Content-Type": "application/json; charset=utf-8",
      "X-TC-Action": "DescribeZones",
      "X-TC-Timestamp": String(NOW),
      Authorization: signBy(signed).authorization,
      ...headers,
    },
    body: '{"Limit":1}',
    ...rest,
  };
}

const AT: DiagnoseOptions = { credential, now: NOW * 1000 };

/** The first cause, which is certain, and of which nothing secret is said. */
async function first(
  cause: CauseName,
  part: RegExp,
  subject: Parameters<typeof diagnose>[0],
  options: DiagnoseOptions = AT,
): Promise<Cause[]> {
  const diagnosis = await diagnose(subject, options);
  const text = JSON.stringify(diagnosis);
  assert.equal(diagnosis.ok, false);
  assert.equal(diagnosis.causes[0]?.cause, cause, text);
  assert.equal(diagnosis.causes[0]?.certain, true, text);
  assert.match(diagnosis.causes[0]?.message ?? "", part);
  assert.doesNotMatch(text, /sentinel/i);
  assert.doesNotMatch(text, new RegExp(signBy({}).authorization.slice(-64)));
  return diagnosis.causes;
}

test("a right request is not blamed, whoever signed it", async () => {
  assert.deepEqual(await diagnose(send({}), AT), { ok: true, causes: [] });
  const input = { service: "cvm", action: "DescribeZones", version: "2017-03-12", timestamp: NOW };
  assert.deepEqual(await diagnose(sign(credential, input), AT), { ok: true, causes: [] });
  const bytes = { ...send({}), body: new TextEncoder().encode('{"Limit":1}') };
  const headers = new Headers(bytes.headers);
  assert.deepEqual(await diagnose({ ...bytes, headers }, AT), { ok: true, causes: [] });
});

test("white space around the secret key", async () => {
  for (const secretKey of [`${SECRET} `, ` ${SECRET}`, `${SECRET}\n`, `${SECRET}\t`]) {
    await first("secretSpaces", /was signed with the secret key and a/, send({ secretKey }));
    await first("secretSpaces", /given here/, send({}), {
      ...AT,
      credential: { secretId: "test-id", secretKey },
    });
  }
});

test("an empty secret key", async () => {
  await first("secretEmpty", /signed with an empty/, send({ secretKey: "" }));
});

test("a token without temporary credentials, and the reverse", async () => {
  const sent = send({}, { "X-TC-Token": TOKEN });
  await first("tokenWithoutTemporaryCredential", /no token/, sent);
  const temporary = { ...AT, credential: { ...credential, token: TOKEN } };
  assert.equal((await diagnose(sent, temporary)).ok, true);
  await first("tokenMissing", /was not sent/, send({}), temporary);
  const other = send({}, { "X-TC-Token": "Sentinel-other" });
  await first("tokenDiffers", /not the credential's/, other, temporary);
});

test("a clock that is off, in both directions and in the wrong unit", async () => {
  const at = (seconds: number) => ({ ...AT, now: (NOW + seconds) * 1000 });
  await first("clockOff", /5 min 1 s behind/, send({}), at(301));
  await first("clockOff", /1 day 0 h ahead of/, send({}), at(-86_400));
  assert.equal((await diagnose(send({}), at(300))).ok, true);
  const milliseconds = send({}, { "X-TC-Timestamp": `${NOW}000` });
  await first("clockOff", /milliseconds/, milliseconds);
});

test("a host with or without its port", async () => {
  const host = (host: string) => ({ headers: { ...RIGHT.headers, host } });
  await first("hostPort", /:443" was signed/, send(host("cvm.tencentcloudapi.com:443")));
  const url = "https://cvm.tencentcloudapi.com:8443/";
  await first("hostPort", /8443" was sent/, send({}, {}, { url }));
});

test("another service in the scope", async () => {
  await first("serviceInScope", /"cbs", but the host/, send({ service: "cbs" }));
  await first("serviceInScope", /"CVM"/, send({ service: "CVM" }));
  await first("serviceInScope", /meant is "vpc"/, send({}), { ...AT, service: "vpc" });
});

test("a body that was changed after the signing", async () => {
  const changed = (body: string, sent: string) => send({ body }, {}, { body: sent });
  await first("bodyChanged", /a space after , and :/, changed('{"a": 1}', '{"a":1}'));
  await first("bodyChanged", /empty one/, changed("", "{}"));
  await first("bodyChanged", /without spaces/, changed('{"a":"你"}', '{"a":"\\u4f60"}'));
  const { canonicalRequest } = signBy({ body: "another" });
  await first("bodyChanged", /hashed payload/, send({ body: "another" }), {
    ...AT,
    canonicalRequest,
  });
});

test("another content type than was sent", async () => {
  const headers = { ...RIGHT.headers, "content-type": "application/json" };
  await first("contentTypeDiffers", /"application\/json" was signed/, send({ headers }));
});

test("a body or a query that is too large", async () => {
  const body = " ".repeat(10 * 1024 * 1024 + 1);
  const causes = await first("bodyTooLarge", /10485761/, send({ body }, {}, { body }));
  assert.equal(causes.length, 1);
});

test("a query that was encoded twice", async () => {
  const get = (query: string, sent: string) => {
    const headers = { ...RIGHT.headers, "content-type": "application/x-www-form-urlencoded" };
    const url = `https://cvm.tencentcloudapi.com/?${sent}`;
    const type = { "Content-Type": "application/x-www-form-urlencoded" };
    return send({ method: "GET", query, headers, body: "" }, type, {
      method: "GET",
      url,
      body: "",
    });
  };
  assert.equal((await diagnose(get("A=%20b", "A=%20b"), AT)).ok, true);
  await first("doubleEncodedQuery", /query/, get("A=%20b", "A=%2520b"));
  await first("doubleEncodedQuery", /query/, get("A=%2520b", "A=%20b"));
  await first("doubleEncodedQuery", /\+/, get("A=+b", "A=%20b"));
  await first("queryOrder", /sorted/, get("A=1&B=2", "B=2&A=1"));
});

test("values that were not lower-cased", async () => {
  const headers = { ...RIGHT.headers, "x-tc-action": "DescribeZones" };
  await first("valuesNotLowered", /lower case/, send({ headers }));
});

test("an algorithm that was not asked for", async () => {
  await first("algorithm", /TC3-HMAC-SHA1/, send({ algorithm: "TC3-HMAC-SHA1" }));
  await first("algorithm", /SKIP/, send({}, { Authorization: "SKIP" }));
  const body = "Action=DescribeZones&Signature=abc&SignatureMethod=HmacSHA256";
  const { Authorization: _, ...headers } = send({}).headers;
  await first("algorithm", /HmacSHA256/, { ...send({}), headers, body });
});

test("a curl line", async () => {
  const curl = ({ headers, url, body }: ReturnType<typeof send>) => {
    const lines = Object.entries(headers).map(([name, value]) => `-H '${name}: ${value}'`);
    return `curl -XPOST ${url} ${lines.join(" \\\n  ")} -d '${body}'`;
  };
  const verification = verify(credential, send({}), { now: NOW * 1000 });
  assert.deepEqual(await diagnose(curl(send({})), AT), { ok: true, causes: [], verification });
  const late = { ...AT, now: (NOW + 600) * 1000, service: "cbs" };
  const wrong = send({ body: "{}" });
  const found = await diagnose(curl(wrong), late);
  assert.deepEqual(
    found.verification,
    verify(credential, wrong, { now: late.now, service: "cbs" }),
  );
  assert.deepEqual(
    found.verification?.problems.map(({ check }) => check),
    ["service", "window", "signature"],
  );
  await first("secretEmpty", /empty/, curl(send({ secretKey: "" })));
  await assert.rejects(diagnose("curl -d @body.json https://h", AT), (error) => {
    assert(error instanceof ValidationError);
    assert.match(error.message, /reads a file by @/);
    return true;
  });
});

test("a raw HTTP request and an Authorization header", async () => {
  const { headers, body } = send({ service: "cbs" });
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const raw = ["POST / HTTP/1.1", "Host: cvm.tencentcloudapi.com", ...lines, "", body].join("\r\n");
  await first("serviceInScope", /"cbs"/, raw);
  await first("serviceInScope", /"cbs"/, `Authorization: ${headers.Authorization}`, {
    ...AT,
    service: "cvm",
  });
  await first(
    "authorizationForm",
    /third part/,
    `${headers.Authorization}`.replace(/, Signature.*/, ""),
  );
  const alone = async (secretKey: string) => {
    const { authorization, stringToSign } = signBy({ secretKey });
    const without = await diagnose(authorization, AT);
    assert.equal(without.causes[0]?.cause, "noRequest");
    const { ok, causes } = await diagnose(authorization, { ...AT, stringToSign });
    assert.equal(ok, false);
    return causes[0]?.message ?? "";
  };
  assert.match(await alone(SECRET), /The secret key is right/);
  assert.match(await alone("another"), /another key signed/);
});

test("an error, with its request or its clocks", async () => {
  const error = (code: string) => new ApiError("no", { ...DETAILS, code });
  const alone = await diagnose(error("AuthFailure.TokenFailure"));
  assert.equal(alone.ok, false);
  assert.deepEqual(
    alone.causes.map(({ cause, certain }) => [cause, certain]),
    [
      ["tokenDiffers", false],
      ["tokenMissing", false],
      ["tokenWithoutTemporaryCredential", false],
    ],
  );
  const input = { service: "cvm", action: "A", version: "V" };
  const refused: [CauseName, CredentialError][] = [];
  for (const [secretKey, cause] of [
    ["", "secretEmpty"],
    [`${SECRET} `, "secretSpaces"],
  ] as const) {
    assert.throws(
      () => sign({ ...credential, secretKey }, input),
      (error) => {
        refused.push([cause, error as CredentialError]);
        return true;
      },
    );
  }
  for (const [cause, error] of refused) await first(cause, /nothing was sent/, error);
  const received = send({ secretKey: `${SECRET}\n` });
  const failure = error("AuthFailure.SignatureFailure");
  await first("secretSpaces", /line feed/, failure, { ...AT, received });
  const seen = await diagnose(error("AuthFailure.SecretIdNotFound"), { now: NOW * 1000, received });
  assert.equal(seen.causes[0]?.cause, "secretIdDiffers");
  await first("secretSpaces", /line feed/, failure, { credential, received });
  const clocks = { serverTime: NOW * 1000, sentAt: (NOW - 600) * 1000 };
  const expired = Object.assign(error("AuthFailure.SignatureExpire"), clocks);
  await first("clockOff", /10 min 0 s behind the server's/, expired);
});

test("the first line that differs", async () => {
  const headers = { ...RIGHT.headers, host: "CVM.tencentcloudapi.com" };
  const { canonicalRequest, stringToSign } = signBy({ headers });
  const options = { ...AT, canonicalRequest, stringToSign };
  const { difference } = await diagnose(send({ headers }), options);
  assert.deepEqual(difference, {
    text: "canonicalRequest",
    line: 5,
    name: "header host",
    sender: "host:CVM.tencentcloudapi.com",
    expected: "host:cvm.tencentcloudapi.com",
  });
});

test("what the sender's texts hold of secrets is not repeated", async () => {
  const canonicalRequest = `POST\n/\n\nx-tc-token:${TOKEN}\n${SECRET}\n\n\n`;
  const options = { ...AT, canonicalRequest, stringToSign: `${SECRET}\n${TOKEN}` };
  const text = JSON.stringify(await diagnose(send({}, { "X-TC-Token": TOKEN }), options));
  assert.doesNotMatch(text, /sentinel/i);
});

test("without a credential only what can be seen is judged", async () => {
  const { causes } = await diagnose(send({ secretKey: "x" }), { now: NOW * 1000 });
  assert.deepEqual([causes[0]?.cause, causes[0]?.certain], ["noCredential", false]);
  await first(
    "dateNotUtc",
    /UTC date is 2023-11-15/,
    send({}, { "X-TC-Timestamp": "1700006400" }),
    {
      now: 1_700_006_400_000,
    },
  );
});

test("a wrong input is a ValidationError that names it", async () => {
  const rejects = (subject: unknown, options: unknown, path: string) =>
    assert.rejects(diagnose(subject as string, options as object), (error) => {
      assert(error instanceof ValidationError, String(error));
      assert.equal(error.problems[0]?.path, path);
      return true;
    });
  await rejects("hello", {}, "subject");
  await rejects(null, {}, "subject");
  await rejects(7, {}, "subject");
  await rejects({ url: "/", headers: {} }, {}, "subject.method");
  await rejects({ ...send({}), headers: { a: 1 } }, {}, "subject.headers");
  await rejects({ ...send({}), body: [] }, {}, "subject.body");
  await rejects(send({}), { now: "1" }, "now");
  await rejects(send({}), { now: Number.NaN }, "now");
  await rejects(send({}), { secret: "x" }, "secret");
  const refused = new ApiError("no", { ...DETAILS, code: "AuthFailure" });
  await rejects(refused, { received: { method: 1 } }, "received.method");
  await rejects(send({}), { received: send({}) }, "received");
  await assert.rejects(
    diagnose(send({}), { credential: { secretId: 1 } as never }),
    CredentialError,
  );
});
