/** The official Node SDK performs the same refund against the sandbox, and reads the same fields as this package. */

import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import sdk from "tencentcloud-sdk-nodejs-common";
import { DEFAULT_ACCOUNT, type Note } from "../../sandbox/hosts/engine.ts";
import { type SandboxServer, type ServeOptions, serveSandbox } from "../../sandbox/hosts/node.ts";

const { secretId, secretKey } = DEFAULT_ACCOUNT;
const region = "ap-guangzhou";
const purchase = { PkgId: "yc1m3d", Tid: "camera-1", OrderCount: 3, StorageRegion: region };

/** Taken once: two sandboxes that are to agree have one clock. */
const MOMENT = Math.floor(Date.now() / 1000) * 1000;

/** Two sandboxes with one seed and one clock make the same ids and times. */
async function start(t: TestContext, options: ServeOptions): Promise<SandboxServer> {
  const server = await serveSandbox({ seed: 7, now: () => MOMENT, ...options });
  t.after(() => server.close());
  return server;
}

function official(url: string) {
  return new sdk.CommonClient("iotvideo.tencentcloudapi.com", "2019-11-26", {
    credential: { secretId, secretKey },
    region,
    profile: { httpProfile: { endpoint: new URL(url).host, protocol: "http://" } },
  });
}

/** Buys, refunds one order, refunds all, buys again: what each answer held. */
async function story(call: (action: string, request: object) => Promise<unknown>) {
  const bought = (await call("CreateStorageService", purchase)) as {
    ServiceId: string;
    Data: { OrderId: string }[];
  };
  const { ServiceId } = bought;
  const OrderId = bought.Data[2]?.OrderId;
  return [
    bought,
    await call("DescribeStorageService", { ServiceId, GetFinishedOrder: true }),
    await call("RefundStorageService", { ServiceId, OrderId }),
    await call("RefundStorageService", { ServiceId }),
    await call("DescribeStorageService", { ServiceId, GetFinishedOrder: true }),
    await call("CreateStorageService", purchase),
  ];
}

test("the official Node SDK and this package tell the same story", async (t) => {
  const notes: Note[] = [];
  const forSdk = await start(t, { onCall: (note) => notes.push(note) });
  const forUs = await start(t, { strict: true });
  const client = official(forSdk.url);
  const theirs = await story((action, request) => client.request(action, request));
  const iotvideo = new Iotvideo({
    credential: { secretId, secretKey },
    region,
    endpoint: forUs.url,
  });
  const ours = await story((action, request) =>
    iotvideo[action as "RefundStorageService"](request as { ServiceId: string }),
  );
  assert.equal(theirs.length, 6);
  assert.deepEqual(theirs, ours);
  assert.deepEqual(forSdk.pool(), forUs.pool());
  assert(notes.every(({ tolerance }) => tolerance !== ""));
});

test("strictly, the official Node SDK's host without its port is refused", async (t) => {
  const server = await start(t, { strict: true });
  await assert.rejects(
    official(server.url).request("DescribeStorageService", { ServiceId: "s" }),
    (error: { code: string }) => error.code === "AuthFailure.SignatureFailure",
  );
});
