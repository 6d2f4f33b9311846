/** Which Host the sandbox answers to: this machine's names and the given ones, by whatever port, and nothing alike. */

import assert from "node:assert/strict";
import { type IncomingMessage, request } from "node:http";
import { text } from "node:stream/consumers";
import { test } from "node:test";
import { refusalOfHost } from "../../../sandbox/hosts/guard.ts";
import { readNames } from "../../../sandbox/hosts/names.ts";
import { serveSandbox } from "../../../sandbox/hosts/node.ts";
import { Random, SEED } from "../../clients/differential/random.ts";

const NAMES = readNames(["iotvideo.tencentcloudapi.com", "*.Intl.TencentCloudApi.com"]);

function admits(...hosts: string[]): boolean {
  const headers = hosts.map((host): [string, string] => ["hOsT", host]);
  return refusalOfHost([["accept", "localhost"], ...headers], NAMES) === undefined;
}

test("this machine is known by its names and addresses, and what was given", () => {
  for (const host of [
    ...["localhost", "LocalHost:4180", "shop.localhost", "a.b.localhost:80"],
    ...["127.0.0.1", "127.0.0.1:65535", "127.255.0.9", "[::1]", "[::1]:443"],
    ...["iotvideo.tencentcloudapi.com", "IotVideo.TencentCloudApi.com:4180"],
    ...["iotvideo.intl.tencentcloudapi.com", "a.b.intl.tencentcloudapi.com:1"],
  ]) {
    assert(admits(host), host);
  }
});

test("what only looks like it is not", () => {
  for (const host of [
    ...[
      "",
      "a.example",
      "localhost.example",
      "a-localhost",
      "notlocalhost",
      ".localhost",
      "*.localhost",
    ],
    ...[
      "127.0.0.1.example",
      "127.1",
      "127.0.0.256",
      "0177.0.0.1",
      "2130706433",
      "0.0.0.0",
      "10.0.0.1",
    ],
    ...["[::2]", "[::1].example", "::1", "[::ffff:10.0.0.1]", "[::1%25lo]"],
    ...[
      "localhost:",
      "localhost:a",
      "localhost:80:80",
      "localhost:123456",
      "a@localhost",
      "localhost/",
    ],
    ...[
      "localhost, a.example",
      "localhost a.example",
      "a.example#.localhost",
      "a.example\\.localhost",
    ],
    ...["cvm.tencentcloudapi.com", "intl.tencentcloudapi.com", "aintl.tencentcloudapi.com"],
  ]) {
    assert(!admits(host), host);
  }
  assert(!admits(), "no Host at all");
  assert(!admits("localhost", "localhost"), "two Hosts");
  assert(!admits("localhost", "a.example"), "two Hosts that differ");
});

/** What a browser would call by this Host, whatever its port, or nothing where it would call nobody. */
function readByBrowser(host: string): string | undefined {
  const url = `http://${host.replace(/:\d+$/, "")}/`;
  return URL.canParse(url) ? new URL(url).hostname : undefined;
}

const OURS =
  /^(localhost|.+\.localhost|127\.\d+\.\d+\.\d+|\[::1\]|iotvideo\.tencentcloudapi\.com|.+\.intl\.tencentcloudapi\.com)$/;

test("whatever is admitted means this machine to a browser too", (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = new Random(SEED, "hosts");
  const parts = [
    "localhost",
    "127",
    "0",
    "1",
    "255",
    "[::1]",
    "::1",
    "example",
    "intl",
    "iotvideo",
  ];
  const known = [...parts, "tencentcloudapi", "com", "LOCALHOST", "a", "*", ""];
  const between = [".", ".", ".", ".", ":", ":80", "@", "/", "\\", "#", "?", "%2e", " ", ",", "。"];
  let admitted = 0;
  for (let at = 0; at < 50_000; at += 1) {
    const pieces = random.list(1, 5, () => random.pick(known) + random.pick(between));
    const host = random.once(2) ? pieces.join("") : pieces.join("").replace(/\W$/, "");
    if (!admits(host)) continue;
    admitted += 1;
    assert.match(readByBrowser(host) ?? "", OURS, host);
  }
  assert(admitted > 500, `only ${admitted} were admitted, so that little was tried`);
});

test("whatever follows a known Host, or stands before one without a full stop, is another", (t) => {
  t.diagnostic(`seed ${SEED}`);
  const random = new Random(SEED, "affixes");
  const known = ["localhost", "a.localhost", "127.0.0.1", "[::1]", "iotvideo.tencentcloudapi.com"];
  const name = () => random.letters("abcdefghijklmnopqrstuvwxyz0123456789-", 1, 12);
  for (let at = 0; at < 5_000; at += 1) {
    const host = random.pick(known);
    const port = random.once(2) ? "" : `:${random.integer(0, 65_535)}`;
    assert(admits(host + port), host + port);
    assert(!admits(`${host}.${name()}x${port}`), host);
    if (host !== "a.localhost") assert(!admits(name() + host + port), host);
  }
});

/** Asks by another Host than the one that is connected to. */
async function ask(url: string, host: string, method = "POST") {
  const sent = request(url, { method, headers: { host, "content-type": "application/json" } });
  const answered = new Promise<IncomingMessage>((resolve, reject) => {
    sent.on("response", resolve).on("error", reject);
  });
  sent.end(method === "POST" ? "{}" : "");
  const response = await answered;
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

test("a request by another Host is told what to do, and is no call", async (t) => {
  const calls: string[] = [];
  const server = await serveSandbox({
    hosts: ["iotvideo.tencentcloudapi.com"],
    onCall: ({ outcome }) => calls.push(outcome),
  });
  t.after(() => server.close());
  for (const method of ["POST", "GET", "OPTIONS"]) {
    const { status, headers, body } = await ask(server.url, "rebound.example", method);
    assert.equal(status, 421);
    assert.equal(headers["content-type"], "text/plain; charset=utf-8");
    assert.match(body, /127\.0\.0\.1.*--host NAME.*hosts/s);
    // What was sent may be a page's markup.
    assert(!body.includes("rebound"));
  }
  assert.deepEqual(calls, []);
  const { status, body } = await ask(server.url, "iotvideo.tencentcloudapi.com");
  assert.equal(status, 200);
  assert.match(body, /AuthFailure/);
  assert.equal(calls.length, 1);
});
