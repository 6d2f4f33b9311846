/** Where the official Node SDK departs from the documentation, the other SDKs or this package. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { observeNode } from "./node-sdk.ts";
import { steps, text } from "./observed.ts";
import type { Call } from "./requests.ts";
import { observeOne, sentHash } from "./sample.ts";

const observe = (change: Partial<Call>) => observeOne(observeNode, change);

test("Node sends a port that it does not sign", async () => {
  const seen = await observe({ host: "cvm.proxy.example:8443" });
  assert.equal(seen.headers.host, "cvm.proxy.example:8443");
  assert.match(steps(seen)?.canonicalRequest ?? "", /^host:cvm\.proxy\.example$/m);
});

test("Node takes the service from the first label of the host", async () => {
  const seen = await observe({ service: "cvm", host: "proxy.example" });
  assert.match(seen.headers.authorization ?? "", /\/proxy\/tc3_request,/);
});

test("Node signs a content type without lowering its case", async () => {
  const seen = await observe({ contentType: "Application/JSON" });
  assert.match(steps(seen)?.canonicalRequest ?? "", /^content-type:Application\/JSON$/m);
});

test("Node sends a number in a multipart body without hashing it", async () => {
  const seen = await observe({ form: "multipart", params: { Text: "t", Count: 3 } });
  assert.match(text(seen.body), /name="Count"\r\n\r\n3\r\n/);
  assert.notEqual(steps(seen)?.hashedPayload, sentHash(seen));
});

test("Node hashes the end of a multipart body without parts, and sends nothing", async () => {
  const seen = await observe({ form: "multipart" });
  assert.equal(seen.body, "");
  assert.notEqual(steps(seen)?.hashedPayload, sentHash(seen));
});

test("Node gives bytes in a multipart body a content type and no file name", async () => {
  const params = { File: new Uint8Array([65]) };
  const seen = await observe({ form: "multipart", params, files: ["File"] });
  assert.match(
    text(seen.body),
    /form-data; name="File"\r\nContent-Type: application\/octet-stream\r\n\r\nA\r\n/,
  );
});

test("Node leaves four marks of a query as they are", async () => {
  const seen = await observe({ method: "GET", params: { B: "*!()' ~é", A: true, C: "" } });
  assert.equal(seen.url, "https://cvm.tencentcloudapi.com/?B=*!()%27%20~%C3%A9&A=true&C=");
});

test("Node escapes invisible characters in JSON, and leaves null out of objects only", async () => {
  const seen = await observe({ params: { A: "é\u200d", B: null, C: [null] } });
  assert.equal(text(seen.body), '{"A":"é\\u200d","C":[null]}');
});

test("Node gives an octet-stream a charset", async () => {
  const seen = await observe({ form: "octet-stream" });
  assert.equal(seen.headers["content-type"], "application/octet-stream; charset=utf-8");
});

test("Node sends the token of a request without signature", async () => {
  const seen = await observe({ form: "skip-sign" });
  assert.equal(seen.headers["x-tc-token"], "test-token");
});

test("Node rounds the clock down, but to the nearest second with an older signature", async () => {
  const late = { timestamp: 1_700_000_000.6 };
  assert.equal((await observe(late)).headers["x-tc-timestamp"], "1700000000");
  const older = await observe({ ...late, form: "HmacSHA256" });
  assert.match(text(older.body), /&Timestamp=1700000001&/);
});

test("Node leaves null out of a list in a query", async () => {
  const seen = await observe({ method: "GET", params: { A: [null, "b"], C: null } });
  assert.equal(seen.url, "https://cvm.tencentcloudapi.com/?A.1=b");
});
