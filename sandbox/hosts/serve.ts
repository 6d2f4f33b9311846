/** `npm run sandbox`: serves a sandbox until it is stopped, and says where and how to call it. */

import { readFile } from "node:fs/promises";
import { parseArgs } from "node:util";
import { CONTROL_PATH } from "./control.ts";
import { DEFAULT_ACCOUNT } from "./engine.ts";
import { replayHere, serveSandbox } from "./node.ts";
import type { Recording } from "./record.ts";
import { openSqliteStore } from "./sqlite-store.ts";

const HELP = `Usage: npm run sandbox -- [options]

  --port N        listen on this port (default 4180; 0 for a free one)
  --data FILE     keep everything in this file (default: in memory, until it stops)
  --strict        no tolerance for what official clients do otherwise
  --seed N        make the same ids in the same order
  --unlimited     no documented rates
  --returned HOW  what becomes of a returned order: listed (default), gone, otherId, sameId
  --idempotency-key
                  execute an Idempotency-Key once, which the service does not
  --replay FILE   make a recorded session again, and say what is answered otherwise
  --host NAME     answer to this name too, such as iotvideo.tencentcloudapi.com or
                  *.tencentcloudapi.com, mapped to 127.0.0.1 (repeatable)
  --allow-origin ORIGIN
                  let pages of this origin call it, such as http://localhost:5173
                  (repeatable; without it none may, as at the service)
  --tls           listen by HTTPS, with a CA of its own, and say whom to tell of it
  --ca-file PATH  write that CA's certificate there (default: a temporary folder)
  --console-origin ORIGIN
                  let the pages of this origin use the control API
  --help          this text

The control API's token is printed at the start, or taken from TC3_EDGE_CONTROL_TOKEN.`;

const OPTIONS = {
  port: { type: "string", default: "4180" },
  strict: { type: "boolean", default: false },
  seed: { type: "string" },
  data: { type: "string" },
  unlimited: { type: "boolean", default: false },
  returned: { type: "string", default: "listed" },
  "idempotency-key": { type: "boolean", default: false },
  replay: { type: "string" },
  "console-origin": { type: "string" },
  host: { type: "string", multiple: true, default: [] as string[] },
  "allow-origin": { type: "string", multiple: true, default: [] as string[] },
  tls: { type: "boolean", default: false },
  "ca-file": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

const READINGS = ["listed", "gone", "otherId", "sameId"] as const;

await main().catch((error: NodeJS.ErrnoException) => {
  const taken = error.code === "EADDRINUSE";
  console.error(taken ? "the port is taken: give another by --port N" : error.message);
  if (error.code?.startsWith("ERR_PARSE_ARGS")) console.error(`\n${HELP}`);
  process.exitCode = 1;
});

async function main(): Promise<void> {
  const { values } = parseArgs({ options: OPTIONS });
  if (values.help) {
    console.log(HELP);
    return;
  }
  const { strict, seed, host, tls, "allow-origin": allowOrigins, "ca-file": caFile } = values;
  if (values.replay !== undefined) return showReplay(values.replay);
  if (caFile !== undefined && !tls) throw new Error("--ca-file is for --tls, which is not there");
  const { data, unlimited, returned, "console-origin": consoleOrigin } = values;
  const controlToken = process.env.TC3_EDGE_CONTROL_TOKEN;
  if (!isReading(returned)) throw new Error(`--returned takes one of ${READINGS.join(", ")}`);
  const server = await serveSandbox({
    port: wholeNumber("port", values.port, 65_535),
    strict,
    unlimited,
    returned,
    idempotencyKey: values["idempotency-key"],
    ...(data !== undefined && { store: await openSqliteStore(data) }),
    ...(controlToken && { controlToken }),
    ...(consoleOrigin && { consoleOrigin }),
    hosts: host,
    allowOrigins,
    tls: tls && (caFile === undefined ? true : { caFile }),
    ...(seed === undefined ? {} : { seed: wholeNumber("seed", seed, Number.MAX_SAFE_INTEGER) }),
    onCall: ({ action, outcome, requestId, tolerance, specimen }) => {
      const borne = tolerance === "" ? "" : `  (tolerated: ${tolerance})`;
      const made = specimen ? "  (specimen)" : "";
      console.log(`${action || "-"}  ${outcome}  ${requestId}${made}${borne}`);
    },
    onFailure: (error) =>
      console.error(`no answer: ${error instanceof Error ? error.message : error}`),
  });
  // So that a temporary folder goes with it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void server.close());
  console.log(`IoT Video 2019-11-26, offline, at ${server.url}${strict ? ", strict" : ""}
  secret id   ${DEFAULT_ACCOUNT.secretId}
  secret key  ${DEFAULT_ACCOUNT.secretKey}   (invented: it opens nothing else)
  control     POST ${server.url}${CONTROL_PATH}status with Authorization: Bearer ${server.controlToken}
${server.caFile === undefined ? "" : trust(server.caFile)}\
  state is ${data === undefined ? "in memory and goes when this stops" : `kept in ${data}`}; stop it with Ctrl+C
`);
}

function isReading(text: string): text is (typeof READINGS)[number] {
  return (READINGS as readonly string[]).includes(text);
}

/** Makes a session again, and says what is answered otherwise. */
async function showReplay(file: string): Promise<void> {
  const recording: Recording = JSON.parse(await readFile(file, "utf8"));
  const differences = await replayHere(recording);
  for (const { step, recorded, replayed } of differences) {
    console.log(`step ${step}\n  then ${recorded}\n  now  ${replayed}`);
  }
  console.log(`${recording.steps.length} steps, ${differences.length} answered otherwise`);
  if (differences.length > 0) process.exitCode = 1;
}

/** How a caller is told of the CA. */
function trust(caFile: string): string {
  return `  its CA      ${caFile}   (another at each start; its key is in no file)
  for Node    NODE_EXTRA_CA_CERTS=${caFile}
  for Python  REQUESTS_CA_BUNDLE=${caFile}   (requests; the SDK takes it as certification=)
`;
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new Error(`--${name} takes a whole number up to ${most}`);
}
