/** What is refused in a page, and where code counts as a page's; `tests/browser/` has the same in a real one. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { Client, CredentialError, ValidationError } from "../../dist/index.js";
import { isPage, refuseDirect, refuseKey } from "../../dist/page.js";
import { credential, token } from "./credential.ts";
import { seen } from "./recorder.ts";

const indexedDB = {};
const page = { document: {}, window: {}, indexedDB };

test("pages and their workers are told from servers", () => {
  const pages = {
    page,
    "page with a bundler's process": { ...page, process: { env: {}, versions: {} } },
    "dedicated, shared or service worker": { WorkerGlobalScope: class {}, indexedDB },
    "Electron's renderer": { ...page, process: { versions: { node: "22", electron: "38" } } },
  };
  for (const [name, globals] of Object.entries(pages)) assert(isPage(globals), name);
  const node = { versions: { node: "20.19.0" } };
  const servers = {
    "this one": globalThis,
    "Node with jsdom": { document: {}, window: {}, process: node },
    "Node with jsdom and an IndexedDB": { ...page, process: node },
    "Electron's main process": { process: { versions: { node: "22", electron: "38" } } },
    Deno: { Deno: {}, self: {}, WorkerGlobalScope: class {}, process: node },
    Bun: { Bun: {}, self: {}, process: node },
    workerd: { self: {}, WebSocketPair: class {}, ServiceWorkerGlobalScope: class {} },
    "workerd that renders": { self: {}, WebSocketPair: class {}, document: {}, window: {} },
    "an edge runtime": { self: {}, EdgeRuntime: "edge-runtime" },
  };
  for (const [name, globals] of Object.entries(servers)) assert(!isPage(globals), name);
});

test("a long-lived key in a page is refused, and says what to do", () => {
  for (const longLived of [credential, { ...credential, token: "" }]) {
    assert.throws(
      () => refuseKey(longLived, page),
      (error) => {
        seen(error);
        assert(error instanceof CredentialError && error.outcome === "notSent");
        assert.deepEqual(
          error.problems.map(({ path, code }) => `${path} ${code}`),
          ["credential InPage"],
        );
        assert.match(error.message, /server.*temporary credentials.*`allowKeyInPage: true`/);
        assert.match(error.remedy, /temporary credentials/);
        return true;
      },
    );
    refuseKey(longLived, globalThis);
  }
  refuseKey({ ...credential, token }, page);
  refuseKey(undefined, page);
});

test("a page's direct call to the service is refused, and names the ways out", () => {
  for (const host of [
    "iotvideo.tencentcloudapi.com",
    "iotvideo.ap-guangzhou.tencentcloudapi.com:8443",
    "iotvideo.internal.tencentcloudapi.com.",
    "iotvideo.tencentcloudapi.com.cn",
    "IOTVIDEO.TENCENTCLOUDAPI.CN",
  ]) {
    assert.throws(
      () => refuseDirect(`https://${host}/?A=1`, page),
      (error) => {
        assert(error instanceof ValidationError && error.outcome === "notSent", host);
        assert.equal(`${error.problems[0]?.path} ${error.problems[0]?.code}`, "endpoint InPage");
        assert.match(error.message, /`endpoint`.*`sentHost`.*server.*`allowDirectFromPage: true`/);
        return true;
      },
    );
    refuseDirect(`https://${host}/`, globalThis);
  }
  for (const url of [
    "http://127.0.0.1:4180/",
    "https://gateway.example/iotvideo.tencentcloudapi.com",
    "https://tencentcloudapi.com.example/",
    "https://mytencentcloudapi.com/",
  ]) {
    refuseDirect(url, page);
  }
});

test("on a server neither asks for an option", async () => {
  const fetch = async () => new Response('{"Response":{"RequestId":"r"}}');
  const call = { service: "toy", version: "2020-01-01", action: "DoIt" };
  for (const more of [{}, { allowKeyInPage: false, allowDirectFromPage: false }]) {
    const answer = await new Client({ credential, fetch, ...more }).call(call);
    assert.deepEqual(answer, { RequestId: "r" });
  }
});
