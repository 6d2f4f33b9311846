/** A plain call, to change in one place and see what an SDK makes of it. */

import { createHash } from "node:crypto";
import type { Observed, Official } from "./observed.ts";
import type { Call } from "./requests.ts";

/** What the SDK does with a plain call and this change. */
export async function observeOne(official: Official, change: Partial<Call>): Promise<Observed> {
  const [seen] = await official([{ ...PLAIN, ...change }]);
  if (!seen) throw new Error("the SDK sent nothing");
  return seen;
}

/** The hash of what was sent, in hexadecimal. */
export function sentHash({ body }: Observed): string {
  return createHash("sha256").update(Buffer.from(body, "base64")).digest("hex");
}

const PLAIN: Call = {
  form: "post-json",
  method: "POST",
  credential: { secretId: "test-id", secretKey: "test-key", token: "test-token" },
  service: "cvm",
  host: "cvm.tencentcloudapi.com",
  action: "DescribeZones",
  version: "2017-03-12",
  timestamp: 1_700_000_000,
  nonce: 7,
  traceId: "0123456789abcdef0123456789abcdef",
  params: {},
  model: false,
  files: [],
  body: new Uint8Array(),
  headers: {},
};
