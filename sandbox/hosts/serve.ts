/** `npm run sandbox`: serves a sandbox until it is stopped, and says where and how to call it. */

import { parseArgs } from "node:util";
import { DEFAULT_ACCOUNT } from "./engine.ts";
import { serveSandbox } from "./node.ts";

const HELP = `Usage: npm run sandbox -- [options]

  --port N    listen on this port (default 4180; 0 for a free one)
  --strict    no tolerance for what official clients do otherwise
  --seed N    make the same ids in the same order
  --help      this text`;

const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4180" },
    strict: { type: "boolean", default: false },
    seed: { type: "string" },
    help: { type: "boolean", default: false },
  },
});

if (values.help) {
  console.log(HELP);
} else {
  await run().catch((error: Error) => {
    const taken = "code" in error && error.code === "EADDRINUSE";
    console.error(taken ? `port ${values.port} is taken: give another by --port N` : error.message);
    process.exitCode = 1;
  });
}

async function run(): Promise<void> {
  const server = await serveSandbox({
    port: wholeNumber("port", values.port, 65_535),
    strict: values.strict,
    ...(values.seed === undefined
      ? {}
      : { seed: wholeNumber("seed", values.seed, Number.MAX_SAFE_INTEGER) }),
    onCall: ({ action, outcome, requestId, tolerance }) => {
      const borne = tolerance === "" ? "" : `  (tolerated: ${tolerance})`;
      console.log(`${action || "-"}  ${outcome}  ${requestId}${borne}`);
    },
  });
  console.log(`IoT Video 2019-11-26, offline, at ${server.url}${values.strict ? ", strict" : ""}
  secret id   ${DEFAULT_ACCOUNT.secretId}
  secret key  ${DEFAULT_ACCOUNT.secretKey}   (invented: it opens nothing else)
  state is in memory and goes when this stops; stop it with Ctrl+C
`);
}

function wholeNumber(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new Error(`--${name} takes a whole number up to ${most}`);
}
