/** Where the official Go SDK departs from the documentation, the other SDKs or this package. */

import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { test } from "node:test";
import { text } from "./observed.ts";
import { go } from "./programs.ts";
import type { Call } from "./requests.ts";
import { observeOne } from "./sample.ts";

const observe = (change: Partial<Call>) => observeOne(go, change);

test("Go loses the parameters of a map in a GET", async () => {
  const seen = await observe({ method: "GET", params: { Text: "t" } });
  assert.equal(seen.url, "https://cvm.tencentcloudapi.com/");
});

test("Go leaves an empty text out of a query, sorts, and writes a space as a plus", async () => {
  const params = { Text: "", Names: ["", "*!()' ~é"], Flag: true };
  const seen = await observe({ method: "GET", model: true, params });
  assert.equal(
    seen.url,
    "https://cvm.tencentcloudapi.com/?Flag=true&Names.0=&Names.1=%2A%21%28%29%27+~%C3%A9",
  );
});

test("Go sorts a map's names in JSON and escapes marks of HTML", async () => {
  const seen = await observe({ params: { B: null, A: "é<>&\u2028" } });
  assert.equal(text(seen.body), '{"A":"é\\u003c\\u003e\\u0026\\u2028","B":null}');
});

test("Go rounds a long integer of a map, and keeps it in a struct", async () => {
  const params = { Count: 2n ** 60n + 1n };
  assert.equal(text((await observe({ params })).body), '{"Count":1152921504606847000}');
  const exact = await observe({ params, model: true });
  assert.equal(text(exact.body), '{"Count":1152921504606846977}');
});

test("Go sends the port, and takes the service from the request, whatever the host", async () => {
  const seen = await observe({ service: "cvm", host: "proxy.example:8443" });
  assert.equal(seen.headers.host, "proxy.example:8443");
  assert.match(seen.headers.authorization ?? "", /\/cvm\/tc3_request,/);
});

test("Go gives an octet-stream no charset", async () => {
  const seen = await observe({ form: "octet-stream" });
  assert.equal(seen.headers["content-type"], "application/octet-stream");
});

test("Go sends an empty language where there is none", async () => {
  const seen = await observe({});
  assert.equal(seen.headers["x-tc-language"], "");
});

test("Go sends and signs an empty region and language with an older signature", async () => {
  const seen = await observe({ form: "HmacSHA256", model: true });
  const { Signature, ...signed } = Object.fromEntries(new URLSearchParams(text(seen.body)));
  assert.equal(signed.Region, "");
  assert.equal(signed.Language, "");
  const names = Object.keys(signed).sort();
  const toSign = names.map((name) => `${name}=${signed[name]}`).join("&");
  const mac = createHmac("sha256", "test-key").update(`POSTcvm.tencentcloudapi.com/?${toSign}`);
  assert.equal(Signature, mac.digest("base64"));
});

test("Go sends the token, but no header of the caller, without signature", async () => {
  const seen = await observe({ form: "skip-sign" });
  assert.equal(seen.headers["x-tc-token"], "test-token");
  assert.equal(seen.headers["x-tc-traceid"], undefined);
});

test("Go leaves null out of a list in a query", async () => {
  const params = { Names: [null, "b"], Text: null };
  const seen = await observe({ method: "GET", model: true, params });
  assert.equal(seen.url, "https://cvm.tencentcloudapi.com/?Names.1=b");
});

test("Go puts a colon before the caller's part of its name", async () => {
  const seen = await observe({ requestClient: "mine" });
  assert.equal(seen.headers["x-tc-requestclient"], "SDK_GO_1.3.210: mine");
});
