/** The official command line, a program for each call. `tests/clients/tccli/run` installs it. */

import { execFile, execFileSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { type Asked, type Caller, REGION, type Told, withoutId } from "./clients.ts";

const VENV = path.resolve("target/clients/tccli");

/** As it writes an error that the service or the SDK under it told. */
const ERROR = /^\[TencentCloudSDKException\] code:(\S+) message:(.*) requestId:\S+\s*$/s;

/** It speaks HTTPS only. */
export function tccli(): Caller {
  const call = async (asked: Asked): Promise<Told> => {
    const { url, key, action, caFile = "" } = asked;
    const trust = trusting(caFile);
    const place = ["--version", "2019-11-26", "--endpoint", new URL(url).host];
    const { out, err } = await run(["iotvideo", action, ...place, ...parameters(asked, trust)], {
      ...environment(trust),
      TENCENTCLOUD_SECRET_ID: key.secretId,
      TENCENTCLOUD_SECRET_KEY: key.secretKey,
      ...(key.token && { TENCENTCLOUD_TOKEN: key.token }),
    });
    if (err === "") return { answer: withoutId(JSON.parse(out)) };
    const [, code, message] = ERROR.exec(err) ?? [];
    if (code === undefined || message === undefined) throw new Error(`tccli ${action}: ${err}`);
    return { code, message };
  };
  return { call, serve: { tls: true }, hidesNulls: true, close: async () => {} };
}

/** What it needs of its surroundings: a home that is nobody's, and whom to trust. */
function environment(trust: string): NodeJS.ProcessEnv {
  const PATH = `${VENV}/bin${path.delimiter}${process.env.PATH}`;
  return { PATH, HOME: `${VENV}/home`, PYTHONPATH: trust, TENCENTCLOUD_REGION: REGION };
}

/**
 * A folder with a copy of the list of CAs that the SDK under it reads, whatever REQUESTS_CA_BUNDLE says, and the sandbox's
 * CA on it. It goes with the sandbox.
 */
function trusting(caFile: string): string {
  const folder = path.join(path.dirname(caFile), "trust");
  if (existsSync(folder)) return folder;
  const list = "import certifi, os; print(os.path.dirname(certifi.__file__))";
  const found = execFileSync(`${VENV}/bin/python`, ["-c", list], { encoding: "utf8" }).trim();
  cpSync(found, `${folder}/certifi`, { recursive: true });
  appendFileSync(`${folder}/certifi/cacert.pem`, readFileSync(caFile));
  return folder;
}

/** Each as an option; a payload that it would refuse itself in a file. */
function parameters({ payload, plain }: Asked, folder: string): string[] {
  if (plain) {
    const file = path.join(folder, "payload.json");
    writeFileSync(file, JSON.stringify(payload));
    return ["--cli-input-json", `file://${file}`];
  }
  const text = (value: unknown) => (typeof value === "string" ? value : JSON.stringify(value));
  return Object.entries(payload).flatMap(([name, value]) => [`--${name}`, text(value)]);
}

function run(args: string[], env: NodeJS.ProcessEnv): Promise<{ out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(`${VENV}/bin/tccli`, args, { env }, (error, out, err) => {
      resolve({ out, err: error && err === "" ? String(error) : err });
    });
  });
}
