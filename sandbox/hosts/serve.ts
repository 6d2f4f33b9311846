/** `npm run sandbox`: serves a sandbox until it is stopped, and says where and how to call it. */

import { parseArgs } from "node:util";
import { DEFAULT_ACCOUNT } from "./engine.ts";
import { serveSandbox } from "./node.ts";

const HELP = `Usage: npm run sandbox -- [options]

  --port N    listen on this port (default 4180; 0 for a free one)
  --strict    no tolerance for what official clients do otherwise
  --seed N    make the same ids in the same order
  --help      this text`;

const OPTIONS = {
  port: { type: "string", default: "4180" },
  strict: { type: "boolean", default: false },
  seed: { type: "string" },
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
  const { strict, seed } = values;
  const server = await serveSandbox({
    port: wholeNumber("port", values.port, 65_535),
    strict,
    ...(seed === undefined ? {} : { seed: wholeNumber("seed", seed, Number.MAX_SAFE_INTEGER) }),
    onCall: ({ action, outcome, requestId, tolerance, specimen }) => {
      const borne = tolerance === "" ? "" : `  (tolerated: ${tolerance})`;
      const made = specimen ? "  (specimen)" : "";
      console.log(`${action || "-"}  ${outcome}  ${requestId}${made}${borne}`);
    },
  });
  console.log(`IoT Video 2019-11-26, offline, at ${server.url}${strict ? ", strict" : ""}
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
