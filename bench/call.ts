/**
 * A whole call, the refund's: with only `fetch` stubbed, beside the official SDK's; and to a server on this machine, beside
 * a plain `fetch` of the same request. `node --import tsx bench/call.ts`. It never fails by a time.
 */

import { once } from "node:events";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import type { AddressInfo } from "node:net";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { CommonClient } from "tencentcloud-sdk-nodejs-common";
import { rounds, table } from "./rounds.ts";

const credential = { secretId: "bench-id", secretKey: "bench-key" };
const region = "ap-guangzhou";
const params = { ServiceId: "s-00001", OrderId: "1" };
const Data = [
  { OrderId: "1", PkgId: "yc1m3d", Status: 3, StartTime: 1_767_225_600, EndTime: 1_769_904_000 },
];
const answer = JSON.stringify({
  Response: {
    ServiceId: "s-00001",
    StorageRegion: region,
    Tid: "t",
    ChnNum: 0,
    AccessId: "1",
    StartTime: 1_767_225_600,
    EndTime: 1_769_904_000,
    Status: 1,
    Data,
    RequestId: "b6e0c4a2-0000-4000-8000-000000000000",
  },
});
const init = { headers: { "Content-Type": "application/json" } };

// The rate limit's waits are no work.
const options = { credential, region, rate: "off" } as const;
const stubbed = new Iotvideo({ ...options, fetch: async () => new Response(answer, init) });

const require = createRequire(import.meta.url);
const sdkFetch = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/http/fetch.js");
sdkFetch.default = async () => new Response(answer, init);
const sdk = new CommonClient("127.0.0.1:9", "2019-11-26", { credential, region, profile: {} });

console.log(`A whole call; Node ${process.version}. In brackets the middle half of 15 rounds.\n`);
console.log("With only fetch stubbed:\n");
const alone = await rounds({
  "tc3-edge": () => stubbed.RefundStorageService(params),
  "official SDK": () => sdk.request("RefundStorageService", params),
  "Response.json() alone": async () => (await new Response(answer, init)).json(),
});
console.log(table(alone, "official SDK"));

const server = createServer((request, response) => {
  request.resume().on("end", () => response.writeHead(200, init.headers).end(answer));
}).listen(0, "127.0.0.1");
await once(server, "listening");
const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const local = new Iotvideo({ ...options, endpoint });
const sent = (await local.RefundStorageService(params, { dryRun: true })) as {
  request: { headers: Record<string, string>; body: string };
};

console.log("\nTo a server on this machine:\n");
const beside = await rounds({
  "tc3-edge": () => local.RefundStorageService(params),
  "plain fetch": async () =>
    (await fetch(endpoint, { method: "POST", ...sent.request } as RequestInit)).json(),
});
console.log(table(beside, "plain fetch"));
server.close();
server.closeAllConnections();
