/**
 * What it costs to hold a small call against its table, beside a signature: the client's module, which checks and signs, less
 * the signer's, which only signs. `node --import tsx bench/check.ts`. It never fails by a time.
 */

// What the package's entries use, so that their crossings can be watched.
import type { Core, ModuleExports } from "../dist/core.js";
import { Iotvideo } from "../dist/generated/iotvideo/v20191126.js";
import { clientCore } from "../dist/load/client.js";
import { signerCore } from "../dist/load/signer.js";
import { sign } from "../dist/signer.js";
import { median, rounds, table } from "./rounds.ts";

const credential = { secretId: "bench-id", secretKey: "bench-key" };
const region = "ap-guangzhou";
const [service, action, version] = ["iotvideo", "RefundStorageService", "2019-11-26"];
const payload = { ServiceId: "s-00001", OrderId: "1" };
const input = { service, action, version, region, payload };

const Response = { ServiceId: "s-00001", Data: [], RequestId: "r" };
const fetch = async () => new globalThis.Response(JSON.stringify({ Response }));
const iotvideo = new Iotvideo({ credential, region, rate: "off", fetch });

/** The last crossing by this name of what `work` does three times, to be made again and again. */
async function crossing<Exports extends ModuleExports>(
  core: Core<Exports>,
  name: keyof Exports,
  work: () => unknown,
): Promise<() => unknown> {
  await work();
  const exports = core.exports as Exports;
  const bytes = () => new Uint8Array(exports.memory.buffer, exports.input(0)).subarray(0, 1024);
  let values: number[] = [];
  let input = new Uint8Array();
  const cross = () => (exports[name] as (...values: number[]) => unknown)(...values);
  core.exports = {
    ...exports,
    [name]: (...given: number[]) => {
      values = given;
      input = bytes().slice();
      return cross();
    },
  };
  await work();
  await work();
  core.exports = exports;
  bytes().set(input);
  if (!cross()) throw new Error(`${String(name)} gave nothing`);
  return cross;
}

const ways = {
  "sign, whole": () => sign(credential, input),
  "module: signed": await crossing(signerCore, "sign_again", () => sign(credential, input)),
  "module: checked and signed": await crossing(clientCore, "prepare_again", () =>
    iotvideo.RefundStorageService(payload),
  ),
};
const timed = await rounds(ways);
console.log(
  `A refund's payload; Node ${process.version}; in brackets the middle half of 15 rounds.\n`,
);
console.log(table(timed, "sign, whole"));
const [whole = 0, signed = 0, checked = 0] = timed.map(({ times }) => median(times));
console.log(
  `\nthe check: ${(checked - signed).toFixed(2)} µs, ${((checked - signed) / whole).toFixed(2)} of a signature`,
);
