/**
 * `npm start`: a refund from the purchase to the pool, over real HTTP on loopback, told once.
 *
 * It sends nothing to the real service.
 */

import { type ClientOptions, explain } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { DEFAULT_ACCOUNT } from "../sandbox/hosts/engine.ts";
import { serveSandbox } from "../sandbox/hosts/node.ts";
import * as print from "./story/print.ts";

const region = "ap-guangzhou";
const credential = { secretId: DEFAULT_ACCOUNT.secretId, secretKey: DEFAULT_ACCOUNT.secretKey };
const sandbox = await serveSandbox({ strict: true });

console.log(`A refund, from the purchase to the pool
  the service: a sandbox of IoT Video 2019-11-26 at ${sandbox.url}; nothing leaves this machine
  who signs:   ${credential.secretId}, an invented key pair; its secret key is hidden below`);

let status = 0;

/** The platform's fetch, with what passes shown as it is. */
const showingFetch: ClientOptions["fetch"] = async (url, init) => {
  const headers = init?.headers as Record<string, string>;
  const body = String(init?.body);
  const action = headers["X-TC-Action"] ?? "";
  const steps = explain(credential, {
    service: "iotvideo",
    action,
    version: headers["X-TC-Version"] ?? "",
    region: headers["X-TC-Region"] ?? "",
    scheme: "http",
    host: new URL(String(url)).host,
    payload: body,
    timestamp: Number(headers["X-TC-Timestamp"]),
  });
  if (steps.authorization !== headers.Authorization) throw new Error("what is shown was not sent");
  print.sent(action, body, steps);
  const answer = await fetch(url, init);
  status = answer.status;
  return answer;
};

const iotvideo = new Iotvideo({ credential, region, endpoint: sandbox.url, fetch: showingFetch });
let chapters = 0;

async function tell<A extends { RequestId: string } & Parameters<typeof print.service>[0]>(
  title: string,
  call: () => Promise<A>,
): Promise<A> {
  chapters += 1;
  print.chapter(chapters, title);
  const before = (await sandbox.ledger()).length;
  const answer = await call();
  print.received(status, answer.RequestId);
  print.service(answer);
  print.outcome((await sandbox.ledger()).slice(before), sandbox.pool());
  return answer;
}

const purchase = { PkgId: "yc1m3d", Tid: "camera-1", StorageRegion: region };

try {
  const bought = await tell("Buy three orders for a device: one starts, two wait", () =>
    iotvideo.CreateStorageService({ ...purchase, OrderCount: 3 }),
  );
  const { ServiceId } = bought;
  const waiting = bought.Data.at(-1)?.OrderId ?? "";
  await tell("Look at the service", () =>
    iotvideo.DescribeStorageService({ ServiceId, GetFinishedOrder: true }),
  );
  await tell(`Refund one order that has not started, ${waiting}: it returns to the pool`, () =>
    iotvideo.RefundStorageService({ ServiceId, OrderId: waiting }),
  );
  await tell("Refund the whole service: what has started is void, what has not returns", () =>
    iotvideo.RefundStorageService({ ServiceId }),
  );
  await tell("Buy three again: the pool is used first, only the third is paid for", () =>
    iotvideo.CreateStorageService({ ...purchase, OrderCount: 3 }),
  );
} finally {
  await sandbox.close();
}

console.log(`
That is the whole story. Next:
  npm run sandbox   keeps such a sandbox open for your own client
  npm run console   signs and refunds in the browser
  README.md         shows the calls behind this`);
