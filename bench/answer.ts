/**
 * Reading an answer, checked and exact, beside the platform's own decoder and parser, and beside parsers that keep digits; and a
 * refusal beside a small success. `node --import tsx bench/answer.ts`. It never fails by a time.
 */

import { createRequire } from "node:module";
import { parse as losslessParse } from "lossless-json";
// What the package's entries use, so that reading is timed without a call.
import { draft, make } from "../dist/call.js";
import { formOfPayload } from "../dist/form.js";
import { Iotvideo } from "../dist/generated/iotvideo/v20191126.js";
import { clientCore } from "../dist/load/client.js";
import { readCallOptions, readClientOptions } from "../dist/options.js";
import { conclude } from "../dist/try.js";
import { rounds, table } from "./rounds.ts";

const require = createRequire(import.meta.url);
const jsonBigint = require("json-bigint")({ useNativeBigInt: true });

/** A list of devices as DescribeDevices answers it. */
function answerOf(devices: number): Uint8Array<ArrayBuffer> {
  const Data = Array.from({ length: devices }, (_, at) => ({
    Tid: `tid-${at}`,
    DeviceName: `camera ${at}`,
    ActiveTime: 1_767_225_600 + at,
    Disabled: false,
    StreamStatus: at % 2 === 0,
    OtaVersion: "1.0.1",
    Online: at % 2,
    LastOnlineTime: 1_767_225_600 + at,
    IotModel: '{"ProWritable":{}}',
    LastUpdateTime: 1_767_225_600 + at,
  }));
  const Response = { Data, TotalCount: devices, RequestId: "b6e0c4a2-0000-4000-8000-000000000000" };
  return new TextEncoder().encode(JSON.stringify({ Response }));
}

/** One device of it, which makes an answer of about 0.4 KB. */
const small = answerOf(1);
const refused = new TextEncoder().encode(
  '{"Response":{"Error":{"Code":"ResourceNotFound.DeviceNotExist","Message":"no such device"},"RequestId":"b6e0c4a2-0000-4000-8000-000000000000"}}',
);

const fetch = async () => new Response(small);
const credential = { secretId: "bench-id", secretKey: "bench-key" };
const action = "DescribeDevices";
// Its table is given to the module with the first call.
const iotvideo = new Iotvideo({ credential, region: "ap-guangzhou", rate: "off", fetch });
await iotvideo[action]({ ProductId: "p", ReturnModel: false, Limit: 100, Offset: 0 });
const version = {
  service: "iotvideo",
  version: "2019-11-26",
  action,
  table: clientCore.tables?.[0],
};
const call = { ...version, reads: true, draft: () => formOfPayload({}) };
const client = readClientOptions({ credential, region: "ap-guangzhou" });
const made = await make(draft(client, call as never, readCallOptions(client)));
const sent = { action, onlyReads: true, effect: "reads", carrier: { sentOnce: () => true } };
const headers = new Headers();
const read = (body: Uint8Array) =>
  conclude(made, sent as never, {
    status: 200,
    headers,
    mediaType: "",
    body,
  });

const decoder = new TextDecoder();
const plain = "TextDecoder and JSON.parse";
console.log(`Node ${process.version}; in brackets the middle half of the rounds.`);
for (const [name, devices] of [
  ["0.4 KB", 1],
  ["100 KB", 450],
  ["4 MB", 18_000],
] as const) {
  const body = answerOf(devices);
  const timed = await rounds(
    {
      "tc3-edge": () => read(body),
      [plain]: () => JSON.parse(decoder.decode(body)),
      "json-bigint": () => jsonBigint.parse(decoder.decode(body)),
      "lossless-json": () => losslessParse(decoder.decode(body)),
    },
    name === "4 MB" ? 7 : 15,
  );
  console.log(`\nAn answer of ${name} (${body.length} bytes)\n\n${table(timed, plain)}`);
}

const timed = await rounds({
  "a small success": () => read(small),
  "a refusal": () => {
    try {
      read(refused);
    } catch (error) {
      return error;
    }
    throw new Error("it was no refusal");
  },
});
console.log(`\nA refusal (${refused.length} bytes)\n\n${table(timed, "a small success")}`);
