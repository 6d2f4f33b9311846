/** Where the official Python SDK departs from the documentation, the other SDKs or this package. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { steps, text } from "./observed.ts";
import { python } from "./programs.ts";
import type { Call } from "./requests.ts";
import { observeOne, sentHash } from "./sample.ts";

const observe = (change: Partial<Call>) => observeOne(python, change);

test("Python writes JSON in ASCII with spaces, null included", async () => {
  const seen = await observe({ params: { A: "é", B: null, C: [1, 2n ** 60n] } });
  assert.equal(text(seen.body), '{"A": "\\u00e9", "B": null, "C": [1, 1152921504606846976]}');
});

test("Python writes True, and a space as a plus, in a query", async () => {
  const seen = await observe({ method: "GET", params: { B: "*!()' ~é", A: true, C: "" } });
  assert.equal(seen.url, "https://cvm.tencentcloudapi.com/?B=%2A%21%28%29%27+~%C3%A9&A=True&C=");
});

test("Python gives an action a capital", async () => {
  const seen = await observe({ action: "describeZones" });
  assert.equal(seen.headers["x-tc-action"], "DescribeZones");
});

test("Python signs the port that it sends", async () => {
  const seen = await observe({ host: "proxy.example:8443" });
  assert.match(steps(seen)?.canonicalRequest ?? "", /^host:proxy\.example:8443$/m);
});

test("Python takes the service from the client, whatever the host", async () => {
  const seen = await observe({ service: "cvm", host: "proxy.example" });
  assert.match(seen.headers.authorization ?? "", /\/cvm\/tc3_request,/);
});

test("Python gives bytes in a multipart body a file name and no content type", async () => {
  const params = { File: new Uint8Array([65]), List: [1, "é"] };
  const seen = await observe({ form: "multipart", params, files: ["File"] });
  assert.match(text(seen.body), /name="File"; filename="File"\r\n\r\nA\r\n/);
  assert.match(
    text(seen.body),
    /name="List"\r\nContent-Type: application\/json\r\n\r\n\[1, "\\u00e9"\]\r\n/,
  );
});

test("Python sends, and hashes, nothing for a multipart body without parts", async () => {
  const seen = await observe({ form: "multipart" });
  assert.equal(seen.body, "");
  assert.equal(steps(seen)?.hashedPayload, sentHash(seen));
});

test("Python gives an octet-stream no charset", async () => {
  const seen = await observe({ form: "octet-stream" });
  assert.equal(seen.headers["content-type"], "application/octet-stream");
});

test("Python leaves the token out of a request without signature", async () => {
  const seen = await observe({ form: "skip-sign" });
  assert.equal(seen.headers["x-tc-token"], undefined);
});

test("Python leaves out an absent region and language with an older signature", async () => {
  const seen = await observe({ form: "HmacSHA1" });
  assert.doesNotMatch(text(seen.body), /Region|Language/);
});

test("Python signs an underscore of an older signature as a dot, and sends it as it is", async () => {
  const seen = await observe({ form: "HmacSHA256", params: { A_B: "c_d" } });
  assert.match(text(seen.macs?.[0]?.input), /\?A\.B=c_d&/);
  assert.match(text(seen.body), /A_B=c_d&/);
});

test("Python rounds the clock down, with an older signature too", async () => {
  const late = { timestamp: 1_700_000_000.6 };
  assert.equal((await observe(late)).headers["x-tc-timestamp"], "1700000000");
  const older = await observe({ ...late, form: "HmacSHA256" });
  assert.match(text(older.body), /&Timestamp=1700000000&/);
});

test("Python leaves null out of a list in a query", async () => {
  const seen = await observe({ method: "GET", params: { A: [null, "b"], C: null } });
  assert.equal(seen.url, "https://cvm.tencentcloudapi.com/?A.1=b");
});
