/**
 * Reading an answer, checked and exact, beside the platform's own decoder and parser, and beside parsers that keep digits.
 * The client's whole call is timed, with only `fetch` stubbed, less that of the smallest answer. `node --import tsx bench/answer.ts`.
 */

import { createRequire } from "node:module";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { median, rounds, table } from "./rounds.ts";

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

const credential = { secretId: "bench-id", secretKey: "bench-key" };
const decoder = new TextDecoder();

for (const [name, devices] of [
  ["0.5 KB", 2],
  ["100 KB", 450],
  ["4 MB", 18_000],
] as const) {
  const body = answerOf(devices);
  const fetch = async () => new Response(body, { headers: { "Content-Type": "application/json" } });
  const options = { credential, region: "ap-guangzhou", rate: "off", timeout: 0, fetch } as const;
  const iotvideo = new Iotvideo(options);
  const timed = await rounds(
    {
      "tc3-edge, the whole call": () =>
        iotvideo.DescribeDevices({ ProductId: "p", ReturnModel: false, Limit: 100, Offset: 0 }),
      "Response.json() alone": async () => (await fetch()).json(),
      "TextDecoder and JSON.parse": () => JSON.parse(decoder.decode(body)),
      "json-bigint": () => jsonBigint.parse(decoder.decode(body)),
    },
    name === "4 MB" ? 7 : 15,
  );
  console.log(`\nAn answer of ${name} (${body.length} bytes)\n`);
  console.log(table(timed, "TextDecoder and JSON.parse"));
  const [whole, alone, plain] = timed.map(({ times }) => median(times));
  const read = (whole ?? 0) - (alone ?? 0) + (plain ?? 0);
  console.log(
    `the call less Response.json(), and a parse: ${(read / (plain ?? 1)).toFixed(2)} times`,
  );
}
