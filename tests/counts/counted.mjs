/** One way of the hot path, so many times: `node counted.mjs WHAT CALLS`. */

import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { sign, verify } from "tc3-edge/signer";

const [what = "", calls = "0"] = process.argv.slice(2);
const credential = { secretId: "counted-id", secretKey: "counted-key" };
const input = {
  service: "iotvideo",
  action: "RefundStorageService",
  version: "2019-11-26",
  region: "ap-guangzhou",
  payload: { ServiceId: "s-00001", OrderId: "1" },
  timestamp: 1_767_225_600,
};
const received = sign(credential, input);
const answer = new TextEncoder().encode(
  '{"Response":{"ServiceId":"s-00001","StorageRegion":"ap-guangzhou","Tid":"t","ChnNum":0,"AccessId":"1","StartTime":1767225600,"EndTime":1769904000,"Status":1,"Data":[],"RequestId":"r"}}',
);

/** The least that an answer needs to be, so that not the platform is counted. */
const fetch = async () => {
  const chunks = [answer];
  const read = async () => ({ value: chunks.shift() });
  const headers = { get: () => null, has: () => false };
  return { status: 200, headers, body: { getReader: () => ({ read, cancel: async () => {} }) } };
};
const iotvideo = new Iotvideo({
  credential,
  region: "ap-guangzhou",
  rate: "off",
  timeout: 0,
  now: () => input.timestamp * 1000,
  fetch: /** @type {never} */ (fetch),
});

/** @type {Record<string, () => unknown>} */
const ways = {
  sign: () => sign(credential, input),
  crowd: () => sign(credential, input),
  verify: () => verify(credential, received, { now: input.timestamp * 1000 }),
  call: () => iotvideo.RefundStorageService({ ServiceId: "s-00001", OrderId: "1" }),
};

if (what === "crowd") {
  // Accounts, hosts and actions that were seen before.
  for (let seen = 0; seen < 2000; seen += 1) {
    const other = { secretId: `id-${seen % 100}`, secretKey: `key-${seen % 100}` };
    const host = `${seen % 1000}.example.com`;
    sign(other, { ...input, host, action: `Action${seen}` });
    sign(credential, { ...input, host, action: `Action${seen}` });
  }
}
const way = ways[what];
if (way === undefined) throw new Error(`there is no ${what}`);
for (let call = 0; call < Number(calls); call += 1) {
  const made = way();
  if (made instanceof Promise) await made;
}
