/**
 * A small signed POST, the refund's 38 bytes: this package beside everything that does the same job, or that of a sibling
 * protocol. `node --import tsx bench/sign.ts`. It never fails by a time, only where a signature is wrong.
 */

import assert from "node:assert/strict";
import crypto, { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { Sha256 } from "@aws-crypto/sha256-js";
import { hmac } from "@noble/hashes/hmac.js";
import { sha256 } from "@noble/hashes/sha2.js";
import { bytesToHex, utf8ToBytes } from "@noble/hashes/utils.js";
import { SignatureV4 } from "@smithy/signature-v4";
import { AwsClient } from "aws4fetch";
import { explain, sign, verify } from "tc3-edge/signer";
import { CommonClient } from "tencentcloud-sdk-nodejs-common";
import { rounds, table } from "./rounds.ts";

const credential = { secretId: "bench-id", secretKey: "bench-key" };
const host = "iotvideo.tencentcloudapi.com";
const [service, action, version, region] = [
  "iotvideo",
  "RefundStorageService",
  "2019-11-26",
  "ap-guangzhou",
];
const params = { ServiceId: "s-00001", OrderId: "1" };
const timestamp = 1_767_225_600;
const contentType = "application/json; charset=utf-8";
const text = JSON.stringify(params);
const input = { service, action, version, region, payload: params };
// Made once: to spread an object and add to it takes as long as half a signature.
const sdkStyle = { ...input, signedHeaders: "sdk" as const };

const require = createRequire(import.meta.url);
const { default: Sign } = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js");

const own = sign(credential, { ...input, timestamp, signedHeaders: "sdk" }).headers.Authorization;
const date = "2026-01-01";
const scope = `${date}/${service}/tc3_request`;
const canonical = (hashed: string) =>
  `POST\n/\n\ncontent-type:${contentType}\nhost:${host}\n\ncontent-type;host\n${hashed}`;
const authorization = (signature: string) =>
  `TC3-HMAC-SHA256 Credential=${credential.secretId}/${scope}, SignedHeaders=content-type;host, Signature=${signature}`;
const headersOf = (Authorization: string, time: number) => ({
  Authorization,
  "Content-Type": contentType,
  "X-TC-Action": action,
  "X-TC-Version": version,
  "X-TC-Region": region,
  "X-TC-Timestamp": String(time),
});

const sha = (message: string) => createHash("sha256").update(message).digest("hex");
const mac = (key: crypto.BinaryLike, message: string) => createHmac("sha256", key).update(message);
const derived = mac(
  mac(mac(`TC3${credential.secretKey}`, date).digest(), service).digest(),
  "tc3_request",
).digest();

/** As people write it, with the derived key kept. */
function byHand() {
  const body = JSON.stringify(params);
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${sha(canonical(sha(body)))}`;
  return headersOf(authorization(mac(derived, toSign).digest("hex")), timestamp);
}

/** The best that Node can do: four one-shot hashes, HMAC over pads that are kept. */
type OneShot = (algorithm: string, data: crypto.BinaryLike, encoding?: "hex" | "buffer") => never;
const oneShot = (crypto as unknown as { hash?: OneShot }).hash;
const inner = Buffer.alloc(64 + 200);
const outer = Buffer.alloc(64 + 32);
for (let at = 0; at < 64; at += 1) {
  inner[at] = (derived[at] ?? 0) ^ 0x36;
  outer[at] = (derived[at] ?? 0) ^ 0x5c;
}
function natively(hash: OneShot) {
  const body = JSON.stringify(params);
  const hashed: string = hash("sha256", canonical(hash("sha256", body, "hex")), "hex");
  const length = inner.write(`TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hashed}`, 64, "latin1");
  const first: Buffer = hash("sha256", inner.subarray(0, 64 + length), "buffer");
  first.copy(outer, 64);
  return headersOf(authorization(hash("sha256", outer, "hex")), timestamp);
}

const nobleKey = new Uint8Array(derived);
function noble() {
  const hex = (message: string) => bytesToHex(sha256(utf8ToBytes(message)));
  const body = JSON.stringify(params);
  const toSign = `TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hex(canonical(hex(body)))}`;
  const signature = bytesToHex(hmac(sha256, nobleKey, utf8ToBytes(toSign)));
  return headersOf(authorization(signature), timestamp);
}

const { subtle } = globalThis.crypto;
const webKey = await subtle.importKey("raw", derived, { name: "HMAC", hash: "SHA-256" }, false, [
  "sign",
]);
async function webCrypto() {
  const hex = async (message: string) =>
    Buffer.from(await subtle.digest("SHA-256", Buffer.from(message))).toString("hex");
  const body = JSON.stringify(params);
  const hashed = await hex(canonical(await hex(body)));
  const toSign = Buffer.from(`TC3-HMAC-SHA256\n${timestamp}\n${scope}\n${hashed}`);
  const signature = Buffer.from(await subtle.sign("HMAC", webKey, toSign)).toString("hex");
  return headersOf(authorization(signature), timestamp);
}

const sdkInput = {
  method: "POST",
  url: `https://${host}/`,
  payload: params,
  timestamp,
  service,
  ...credential,
  headers: { "Content-Type": contentType },
};
/** The signature alone; the SDK's request writes the JSON text a second time, and so does this. */
const sdkSign = () => {
  const body = JSON.stringify(params);
  return { headers: headersOf(Sign.sign3(sdkInput), timestamp), body };
};

/** Its whole request path, with only its fetch taken away; should that fail, nobody listens there. */
const sdkFetch = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/http/fetch.js");
sdkFetch.default = async () => new Response('{"Response":{"RequestId":"r"}}');
const sdkClient = new CommonClient("127.0.0.1:9", version, { credential, region, profile: {} });
const sdkWhole = () => sdkClient.request(action, params);

const aws = new AwsClient({ accessKeyId: "a", secretAccessKey: "s", service, region });
const awsInit = { method: "POST", body: text, headers: { "Content-Type": contentType } };
const smithy = new SignatureV4({
  credentials: { accessKeyId: "a", secretAccessKey: "s" },
  service,
  region,
  sha256: Sha256,
});

// Who measures must compute the same.
const tellsSame = [
  ["by hand", byHand()],
  ["noble", noble()],
  ["WebCrypto", await webCrypto()],
  ["sign3", sdkSign().headers],
  ...(oneShot ? [["natively", natively(oneShot)] as const] : []),
] as const;
for (const [name, { Authorization }] of tellsSame) assert.equal(Authorization, own, name);

const received = sign(credential, input);
const ways = {
  "tc3-edge sign": () => sign(credential, input),
  "its SDK headers": () => sign(credential, sdkStyle),
  "tc3-edge verify": () => verify(credential, received),
  "tc3-edge explain": () => explain(credential, input),
  ...(oneShot && { "best native": () => natively(oneShot) }),
  "node:crypto by hand": byHand,
  "SDK sign3": sdkSign,
  "SDK request, fetch stubbed": sdkWhole,
  "noble-hashes": noble,
  WebCrypto: webCrypto,
  smithy: () =>
    smithy.sign({
      method: "POST",
      protocol: "https:",
      hostname: host,
      path: "/",
      headers: { host, "content-type": contentType },
      body: text,
    }),
  aws4fetch: () => aws.sign(`https://${host}/`, awsInit),
};

console.log(`A small signed POST, ${text.length} bytes; Node ${process.version}; key kept, JSON written anew.
In brackets the middle half of 15 rounds. best native: four one-shot hashes over prepared pads.
`);
console.log(table(await rounds(ways), "SDK sign3"));
