/** `npm run sandbox`: serves a sandbox until it is stopped, and says where and how to call it. */

import { parseArgs } from "node:util";
import { CONTROL_PATH } from "./control.ts";
import { DEFAULT_ACCOUNT } from "./engine.ts";
import { serveSandbox } from "./node.ts";

const HELP = `Usage: npm run sandbox -- [options]

  --port N        listen on this port (default 4180; 0 for a free one)
  --strict        no tolerance for what official clients do otherwise
  --seed N        make the same ids in the same order
  --host NAME     answer to this name too, such as iotvideo.tencentcloudapi.com or
                  *.tencentcloudapi.com, mapped to 127.0.0.1 (repeatable)
  --allow-origin ORIGIN
                  let pages of this origin call it, such as http://localhost:5173
                  (repeatable; without it none may, as at the service)
  --tls           listen by HTTPS, with a CA of its own, and say whom to tell of it
  --ca-file PATH  write that CA's certificate there (default: a temporary folder)
  --help          this text`;

const OPTIONS = {
  port: { type: "string", default: "4180" },
  strict: { type: "boolean", default: false },
  seed: { type: "string" },
  host: { type: "string", multiple: true, default: [] as string[] },
  "allow-origin": { type: "string", multiple: true, default: [] as string[] },
  tls: { type: "boolean", default: false },
  "ca-file": { type: "string" },
  help: { type: "boolean", default: false },
} as const;

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
  if (caFile !== undefined && !tls) throw new Error("--ca-file is for --tls, which is not there");
  const server = await serveSandbox({
    port: wholeNumber("port", values.port, 65_535),
    strict,
    hosts: host,
    allowOrigins,
    tls: tls && (caFile === undefined ? true : { caFile }),
    ...(seed === undefined ? {} : { seed: wholeNumber("seed", seed, Number.MAX_SAFE_INTEGER) }),
    onCall: ({ action, outcome, requestId, tolerance, specimen }) => {
      const borne = tolerance === "" ? "" : `  (tolerated: ${tolerance})`;
      const made = specimen ? "  (specimen)" : "";
      console.log(`${action || "-"}  ${outcome}  ${requestId}${made}${borne}`);
    },
  });
  // So that a temporary folder goes with it.
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => void server.close());
  console.log(`IoT Video 2019-11-26, offline, at ${server.url}${strict ? ", strict" : ""}
  secret id   ${DEFAULT_ACCOUNT.secretId}
  secret key  ${DEFAULT_ACCOUNT.secretKey}   (invented: it opens nothing else)
  control     POST ${server.url}${CONTROL_PATH}status with Authorization: Bearer ${server.controlToken}
${server.caFile === undefined ? "" : trust(server.caFile)}\
  state is in memory and goes when this stops; stop it with Ctrl+C
`);
}

/** How a caller is told of the CA. */
function trust(caFile: string): string {
  return `  its CA      ${caFile}   (another at each start; its key is in no file)
  for Node    NODE_EXTRA_CA_CERTS=${caFile}
  for Python  REQUESTS_CA_BUNDLE=${caFile}
`;
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new Error(`--${name} takes a whole number up to ${most}`);
}
