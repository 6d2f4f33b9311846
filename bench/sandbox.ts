/**
 * How many calls a second the sandbox answers, beside a bare HTTP server of Node that answers as many bytes; and how long
 * its start takes, beside that of Node alone. It prints what it measured and never fails by a time.
 */

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Agent, request } from "node:http";
import { sign } from "tc3-edge/signer";
import { DEFAULT_ACCOUNT } from "../sandbox/hosts/engine.ts";

const ROUNDS = 7;
const CALLS = 2_000;
const CONNECTIONS = 8;

const PROGRAMS = {
  bare: ["bench/bare.mjs"],
  sandbox: ["build/hosts/serve.js", "--port", "0", "--unlimited"],
};

const servers = { bare: await start(PROGRAMS.bare), sandbox: await start(PROGRAMS.sandbox) };
const rates: Record<keyof typeof servers, number[]> = { bare: [], sandbox: [] };
const names = ["bare", "sandbox"] as const;

for (const name of names) await load(servers[name].url, CALLS);
for (let round = 0; round < ROUNDS; round += 1) {
  for (const name of round % 2 === 0 ? names : [...names].reverse()) {
    const began = performance.now();
    await load(servers[name].url, CALLS);
    rates[name].push((CALLS / (performance.now() - began)) * 1000);
  }
}
for (const { child } of Object.values(servers)) child.kill();

const ratios = rates.sandbox.map((rate, round) => rate / (rates.bare[round] ?? 1));
console.log(
  `${ROUNDS} rounds of ${CALLS} signed calls of DescribeStorageService, ${CONNECTIONS} connections`,
);
for (const name of names) console.log(`${name.padEnd(8)} ${spread(rates[name], 0)} calls/s`);
console.log(`ratio    ${spread(ratios, 2)}`);

const starts: Record<string, number[]> = { node: [], bare: [], sandbox: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  starts.node?.push(await run(["-e", "0"]));
  for (const name of names) {
    const began = performance.now();
    const { child } = await start(PROGRAMS[name]);
    starts[name]?.push(performance.now() - began);
    child.kill();
  }
}
console.log("start, until it listens; node: a start that does nothing");
for (const [name, times] of Object.entries(starts)) {
  console.log(`${name.padEnd(8)} ${spread(times, 0)} ms`);
}

async function start(program: string[]): Promise<{ url: string; child: ChildProcess }> {
  const child = spawn(process.execPath, program, { stdio: ["ignore", "pipe", "inherit"] });
  const [text] = await once(child.stdout, "data");
  // What it logs must be read, or it would wait.
  child.stdout.resume();
  return { url: /http:[^\s,]+/.exec(String(text))?.[0] ?? "", child };
}

async function run(args: string[]): Promise<number> {
  const began = performance.now();
  await once(spawn(process.execPath, args, { stdio: "ignore" }), "exit");
  return performance.now() - began;
}

/** Makes so many calls, each connection one after the other. */
async function load(url: string, calls: number): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const { host } = new URL(url);
  const { account: _, ...credential } = DEFAULT_ACCOUNT;
  const signed = sign(credential, {
    service: "iotvideo",
    version: "2019-11-26",
    action: "DescribeStorageService",
    region: "ap-guangzhou",
    scheme: "http",
    host,
    payload: { ServiceId: "nobody's" },
  });
  let left = calls;
  const worker = async () => {
    while (left > 0) {
      left -= 1;
      await new Promise<void>((resolve, reject) => {
        const sent = request(url, { ...signed, agent }, (response) => {
          response.resume().once("end", resolve);
        });
        sent.once("error", reject).end(signed.body);
      });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, worker));
  agent.destroy();
}

function spread(values: number[], digits: number): string {
  const sorted = [...values].sort((one, other) => one - other);
  const at = (part: number) =>
    (sorted[Math.floor(part * (sorted.length - 1))] ?? 0).toFixed(digits);
  return `median ${at(0.5)}, from ${at(0)} to ${at(1)}`;
}
