/**
 * Memory: what a signature allocates on JavaScript's heap, beside others; and what is left after a million signatures and after
 * ten thousand bodies of 1 MB, hashed by Node and, where that has no digest, in pieces. `node --import tsx bench/memory.ts`.
 */

import { spawnSync } from "node:child_process";
import { createHash, createHmac } from "node:crypto";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

const MB = 1024 * 1024;
const HEAP = ["--expose-gc", "--min-semi-space-size=1024", "--max-semi-space-size=1024"];
const [task] = process.argv.slice(2);
if (task === undefined) {
  console.log(`Node ${process.version}`);
  for (const one of ["allocated", "signatures", "bodies", "pieces"]) {
    const args = [...(one === "allocated" ? HEAP : ["--expose-gc"]), "--import", "tsx"];
    const file = fileURLToPath(import.meta.url);
    const { status } = spawnSync(process.execPath, [...args, file, one], { stdio: "inherit" });
    if (status !== 0) process.exit(status ?? 1);
  }
  process.exit();
}

if (task === "pieces") Object.assign(process, { getBuiltinModule: undefined });
const modules: WebAssembly.Memory[] = [];
const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    modules.push(this.exports.memory as WebAssembly.Memory);
  }
};
const { sign } = await import("tc3-edge/signer");
const credential = { secretId: "bench-id", secretKey: "bench-key" };
const head = {
  service: "iotvideo",
  action: "RefundStorageService",
  version: "2019-11-26",
  region: "ap-guangzhou",
};
const payload = { ServiceId: "s-00001", OrderId: "1" };
const input = { ...head, payload };

const collect = () => globalThis.gc?.();
function used() {
  const { heapUsed, external, arrayBuffers } = process.memoryUsage();
  const ofModules = modules.map(({ buffer }) => buffer.byteLength);
  return { heap: heapUsed, external: external + arrayBuffers, module: ofModules.join(" and ") };
}

if (task === "allocated") {
  const require = createRequire(import.meta.url);
  const { default: Sign } = require("tencentcloud-sdk-nodejs-common/tencentcloud/common/sign.js");
  const sdkInput = {
    method: "POST",
    url: "https://iotvideo.tencentcloudapi.com/",
    payload,
    timestamp: 1_767_225_600,
    service: head.service,
    ...credential,
    headers: { "Content-Type": "application/json" },
  };
  const sha = (text: string) => createHash("sha256").update(text).digest("hex");
  const byHand = () => {
    const canonical = `POST\n/\n\nhost:h\n\nhost\n${sha(JSON.stringify(payload))}`;
    const text = `TC3-HMAC-SHA256\n1767225600\n2026-01-01/iotvideo/tc3_request\n${sha(canonical)}`;
    return { Authorization: createHmac("sha256", "derived").update(text).digest("hex") };
  };
  const ways = {
    "tc3-edge": () => sign(credential, input),
    "by hand": byHand,
    "SDK sign3": () => Sign.sign3(sdkInput),
  };
  console.log(
    "\nBytes on the heap for a signature of a small body, and of them those that it returns\n",
  );
  for (const [name, way] of Object.entries(ways)) {
    const calls = 50_000;
    for (let call = 0; call < calls; call += 1) way();
    collect();
    let before = used().heap;
    for (let call = 0; call < calls; call += 1) way();
    const allocated = (used().heap - before) / calls;
    const kept: unknown[] = Array.from({ length: calls }, () => null);
    collect();
    before = used().heap;
    for (let call = 0; call < calls; call += 1) kept[call] = way();
    collect();
    const returned = (used().heap - before) / calls;
    if (kept.at(-1) === null) throw new Error("nothing was returned");
    console.log(
      `${name.padEnd(12)} ${allocated.toFixed(0).padStart(6)} ${returned.toFixed(0).padStart(6)}`,
    );
  }
} else {
  const work = {
    signatures: ["a million signatures", 1_000_000, () => input],
    bodies: [
      "10,000 bodies of 1 MB",
      10_000,
      (call: number) => ({ ...head, payload: bodyOf(call) }),
    ],
    pieces: ["the same in pieces", 10_000, (call: number) => ({ ...head, payload: bodyOf(call) })],
  } as const;
  const [name, calls, inputOf] = work[task as keyof typeof work];
  for (let call = 0; call < 100; call += 1) sign(credential, inputOf(call));
  collect();
  const before = used();
  for (let call = 0; call < calls; call += 1) sign(credential, inputOf(call));
  collect();
  const after = used();
  const kilobytes = (key: "heap" | "external") =>
    `${((after[key] - before[key]) / 1024).toFixed(0)} KB`;
  console.log(
    `\n${name}: heap ${kilobytes("heap")} more, external ${kilobytes("external")} more; module ${before.module}, then ${after.module} bytes`,
  );
}

/** Each another one. */
function bodyOf(call: number): string {
  return `${call}`.padEnd(MB, "x");
}
