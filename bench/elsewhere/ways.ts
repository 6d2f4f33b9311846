/** The small signed POST of `../sign.ts`, by what also runs where there is no Node. */

import { Sha256 } from "@aws-crypto/sha256-js";
import { SignatureV4 } from "@smithy/signature-v4";
import { AwsClient } from "aws4fetch";
import { sign } from "tc3-edge/signer";
import type { Way } from "../rounds.ts";

const region = "ap-guangzhou";
const service = "iotvideo";
const hostname = "iotvideo.tencentcloudapi.com";
const contentType = "application/json; charset=utf-8";
const payload = { ServiceId: "s-00001", OrderId: "1" };

const credential = { secretId: "bench-id", secretKey: "bench-key" };
const input = { service, action: "RefundStorageService", version: "2019-11-26", region, payload };
const aws = new AwsClient({ accessKeyId: "a", secretAccessKey: "s", service, region });
const smithy = new SignatureV4({
  credentials: { accessKeyId: "a", secretAccessKey: "s" },
  service,
  region,
  sha256: Sha256,
});

export const ways: Record<string, Way> = {
  "tc3-edge sign": () => sign(credential, input),
  aws4fetch: () =>
    aws.sign(`https://${hostname}/`, {
      method: "POST",
      body: JSON.stringify(payload),
      headers: { "Content-Type": contentType },
    }),
  smithy: () =>
    smithy.sign({
      method: "POST",
      protocol: "https:",
      hostname,
      path: "/",
      headers: { host: hostname, "content-type": contentType },
      body: JSON.stringify(payload),
    }),
};
