/**
 * Signing bodies from 256 bytes to 10 MB, beside the platform's digest alone and the official SDK's signer.
 * `node --import tsx bench/payload.ts`; with `--module` without Node's digest, as where there is none. It never fails by a time.
 */

import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import { parseArgs } from "node:util";

const { module } = parseArgs({ options: { module: { type: "boolean" } } }).values;
// Before the package looks for it.
if (module) Object.assign(process, { getBuiltinModule: undefined });
const { sign } = await import("tc3-edge/signer");
const { rounds, table } = await import("./rounds.ts");

const require = createRequire(import.meta.url);
const { default: Sign } = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js");
const { hash } = require("node:crypto");
const oneShot: (body: string) => string =
  hash === undefined
    ? (body) => createHash("sha256").update(body).digest("hex")
    : (body) => hash("sha256", body);

const credential = { secretId: "bench-id", secretKey: "bench-key" };
const head = { service: "iotvideo", action: "A", version: "2019-11-26", region: "ap-guangzhou" };
const small = { ...head, payload: "{}" };

console.log(`Node ${process.version}; in brackets the middle half of the rounds.`);
for (const [name, bytes] of [
  ["256 bytes", 256],
  ["512 bytes", 512],
  ["1 KB", 1024],
  ["16 KB", 16 * 1024],
  ["100 KB", 100 * 1024],
  ["1 MB", 1024 * 1024],
  ["10 MB", 10 * 1024 * 1024],
] as const) {
  const object = { Data: "x".repeat(bytes - 11) };
  const payload = JSON.stringify(object);
  const input = { ...head, payload };
  const sdkInput = {
    method: "POST",
    url: "https://iotvideo.tencentcloudapi.com/",
    payload: object,
    timestamp: 1_767_225_600,
    service: head.service,
    ...credential,
    headers: { "Content-Type": "application/json" },
  };
  const timed = await rounds(
    {
      "the digest alone": () => oneShot(payload),
      "tc3-edge, of a text": () => sign(credential, input),
      "tc3-edge, of an object": () => sign(credential, { ...head, payload: object }),
      "tc3-edge, a small one": () => sign(credential, small),
      // Its request writes the JSON text a second time.
      "SDK sign3 and body": () => [Sign.sign3(sdkInput), JSON.stringify(object)],
    },
    bytes > 1e6 ? 7 : 11,
  );
  console.log(`\n${name} (${payload.length} bytes)\n\n${table(timed, "the digest alone")}`);
}
