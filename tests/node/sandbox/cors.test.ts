/** What pages of other origins may do: nothing by default, and what they need where their origin was named. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { permit, readOrigins } from "../../../sandbox/hosts/cors.ts";
import { serveSandbox } from "../../../sandbox/hosts/node.ts";

const PAGE = "http://localhost:5173";
const PREFLIGHT = {
  "access-control-request-method": "POST",
  "access-control-request-headers": "authorization,content-type,x-tc-action",
};

/** Asks a sandbox; gives the status, the headers about origins, and the error's code. */
async function ask(
  t: TestContext,
  allowOrigins: string[],
  method: string,
  headers: Record<string, string>,
) {
  const server = await serveSandbox({ allowOrigins });
  t.after(() => server.close());
  const answer = await fetch(server.url, { method, headers });
  const text = await answer.text();
  const about = [...answer.headers].filter(([name]) => /^access-control-|^vary$/.test(name));
  return {
    status: answer.status,
    about: Object.fromEntries(about),
    code: text === "" ? undefined : JSON.parse(text).Response.Error.Code,
  };
}

test("by default nobody is permitted, and a preflight is refused as a method", async (t) => {
  assert.deepEqual(await ask(t, [], "OPTIONS", { origin: PAGE, ...PREFLIGHT }), {
    status: 200,
    about: {},
    code: "UnsupportedProtocol",
  });
  assert.deepEqual((await ask(t, [], "POST", { origin: PAGE })).about, {});
});

const PERMITTED = {
  "access-control-allow-origin": PAGE,
  "access-control-expose-headers": "Date, Retry-After, X-TC-RequestId, X-TC-TraceId",
  vary: "Origin",
};

test("a named origin's preflight is answered, and its calls can be read", async (t) => {
  const origins = ["https://page.example", PAGE];
  assert.deepEqual(await ask(t, origins, "OPTIONS", { origin: PAGE, ...PREFLIGHT }), {
    status: 204,
    about: {
      ...PERMITTED,
      "access-control-allow-methods": "POST",
      "access-control-allow-headers": PREFLIGHT["access-control-request-headers"],
    },
    code: undefined,
  });
  const { about, code } = await ask(t, origins, "POST", { origin: PAGE });
  assert.deepEqual([about, code], [PERMITTED, "InvalidRequest"]);
  // An OPTIONS that is no preflight is a call.
  assert.equal((await ask(t, origins, "OPTIONS", { origin: PAGE })).code, "UnsupportedProtocol");
});

test("every other origin gets what it gets by default, but for Vary", async (t) => {
  for (const origin of ["http://localhost:5174", "https://localhost:5173", "null", `${PAGE}0`]) {
    assert.deepEqual(await ask(t, [PAGE], "OPTIONS", { origin, ...PREFLIGHT }), {
      status: 200,
      about: { vary: "Origin" },
      code: "UnsupportedProtocol",
    });
  }
  assert.deepEqual((await ask(t, [PAGE], "POST", {})).about, { vary: "Origin" });
});

test("a doubtful request is not permitted", () => {
  const permitted = (...headers: [string, string][]) =>
    permit("OPTIONS", headers, [PAGE]).headers.map(([name]) => name);
  assert.deepEqual(permitted(["Origin", PAGE], ["origin", PAGE]), ["Vary"]);
  const asked: [string, string] = ["access-control-request-method", "POST"];
  const odd: [string, string] = ["Access-Control-Request-Headers", "a, *"];
  assert(!permitted(["origin", PAGE], asked, odd).includes("Access-Control-Allow-Headers"));
});

test("only an origin can be named, and never all", () => {
  assert.deepEqual(readOrigins(["HTTPS://Page.Example", "http://[::1]:8080"]), [
    "https://page.example",
    "http://[::1]:8080",
  ]);
  for (const origin of [
    "*",
    "null",
    "",
    "page.example",
    `${PAGE}/`,
    "https://*",
    "file://",
    "data:,",
  ]) {
    assert.throws(() => readOrigins([origin]), /is no origin/, origin);
  }
});
