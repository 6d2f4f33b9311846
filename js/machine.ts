/**
 * Credentials that a machine holds for its programs: in the environment, and in the files of the official SDKs and of tccli.
 * For Node, Deno and Bun.
 *
 * @module
 */

import { readFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { env as environment } from "node:process";
import type { Credential } from "./credential.ts";
import type { CredentialProvider } from "./credentials.ts";
import { CredentialError } from "./errors.ts";
import { anObject, aText } from "./kinds.ts";
import { readMembers } from "./members.ts";
import { wrong } from "./problems.ts";

export type { Credential } from "./credential.ts";
export type { CredentialProvider } from "./credentials.ts";
export { CredentialError } from "./errors.ts";

/** Where to look; for tests, and for programs that keep theirs elsewhere. */
export interface Places {
  /** @default process.env */
  env?: Record<string, string | undefined>;
  /** The user's folder. @default os.homedir() */
  home?: string;
}

const PLACES = { env: anObject, home: aText };
const PROFILE = { profile: aText };

/**
 * Of the environment: `TENCENTCLOUD_SECRET_ID`, `TENCENTCLOUD_SECRET_KEY`, and of temporary ones
 * `TENCENTCLOUD_SESSION_TOKEN` or `TENCENTCLOUD_TOKEN`, as tccli calls it. Like those below, it throws a ValidationError
 * where it is given what it does not take; what it gives throws a CredentialError where there is no whole key.
 */
export function fromEnvironment(places: Places = {}): CredentialProvider {
  const { env = environment } = readMembers(places, PLACES);
  return () => {
    const token = env.TENCENTCLOUD_SESSION_TOKEN || env.TENCENTCLOUD_TOKEN;
    const { TENCENTCLOUD_SECRET_ID: secretId, TENCENTCLOUD_SECRET_KEY: secretKey } = env;
    return complete({ secretId, secretKey, token }, "the environment");
  };
}

/**
 * Of the official SDKs' file: `TENCENTCLOUD_CREDENTIALS_FILE`, else `~/.tencentcloud/credentials`, else
 * `/etc/tencentcloud/credentials`; of its section, `secret_id`, `secret_key` and `token`.
 */
export function fromProfile(profile = "default", places: Places = {}): CredentialProvider {
  readMembers({ profile }, PROFILE);
  const { env = environment, home } = readMembers(places, PLACES);
  return async () => {
    const named = env.TENCENTCLOUD_CREDENTIALS_FILE;
    const files = named
      ? [named]
      : [join(home ?? homedir(), ".tencentcloud", "credentials"), "/etc/tencentcloud/credentials"];
    for (const file of files) {
      const text = await readIfThere(file);
      if (text === undefined) continue;
      const { secret_id: secretId, secret_key: secretKey, token } = section(text, profile);
      return complete({ secretId, secretKey, token }, `[${profile}] of ${file}`);
    }
    throw new NotThere(files.join(", "));
  };
}

/** Of tccli's file: `~/.tccli/<profile>.credential`. `TCCLI_PROFILE` names the profile where none is given. */
export function fromTccli(profile?: string, places: Places = {}): CredentialProvider {
  readMembers({ profile }, PROFILE);
  const { env = environment, home } = readMembers(places, PLACES);
  return async () => {
    const name = profile ?? (env.TCCLI_PROFILE || "default");
    const file = join(home ?? homedir(), ".tccli", `${name}.credential`);
    const text = await readIfThere(file);
    if (text === undefined) throw new NotThere(file);
    const { secretId, secretKey, token, expiresAt } = parsed(text, file);
    const until = typeof expiresAt === "number" ? { expiresAt: expiresAt * 1000 } : {};
    return { ...complete({ secretId, secretKey, token }, file), ...until };
  };
}

/** The first that has one. What is there and wrong is not passed over: another account might answer in its place. */
export function chain(...providers: CredentialProvider[]): CredentialProvider {
  for (const [at, provide] of providers.entries()) {
    if (typeof provide !== "function")
      throw wrong(`providers[${at}]`, "must be a function", "Type");
  }
  return async () => {
    const places: string[] = [];
    for (const provide of providers) {
      try {
        return await provide();
      } catch (error) {
        if (!(error instanceof NotThere)) throw error;
        places.push(error.place);
      }
    }
    throw new NotThere(places.join(", "));
  };
}

/** The environment, then the SDKs' file, then tccli's. */
export function fromMachine(places: Places = {}): CredentialProvider {
  return chain(
    fromEnvironment(places),
    fromProfile(undefined, places),
    fromTccli(undefined, places),
  );
}

/** Where none was found. */
class NotThere extends CredentialError {
  declare readonly place: string;

  constructor(place: string) {
    const message = `is not there: looked in ${place}`;
    super(`credential: ${message}`, {
      code: "CredentialNotFound",
      remedy: "Set TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY, or run `tccli configure`.",
      outcome: "notSent",
      retry: "never",
      attempts: 0,
      problems: [{ path: "credential", code: "Missing", message }],
    });
    // Beside the error's own members, which are shown.
    Object.defineProperty(this, "place", { value: place });
  }
}

/** A key pair with its token; where only a part is there, something is wrong with the place. */
function complete(
  { secretId, secretKey, token }: Record<"secretId" | "secretKey" | "token", unknown>,
  place: string,
): Credential {
  if (!secretId && !secretKey) throw new NotThere(place);
  return {
    secretId: textIn(secretId, "secretId", place),
    secretKey: textIn(secretKey, "secretKey", place),
    ...(token ? { token: textIn(token, "token", place) } : {}),
  };
}

function textIn(value: unknown, name: string, place: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw CredentialError.of([
    { path: `credential.${name}`, code: "Missing", message: `is missing in ${place}` },
  ]);
}

async function readIfThere(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if ((error as { code?: string }).code === "ENOENT") return undefined;
    throw error;
  }
}

/** One section of a file of `name = value` lines, as Python's configparser reads it: names in any case, `#` and `;` comments. */
function section(text: string, wanted: string): Record<string, string> {
  const members: Record<string, string> = Object.create(null);
  let name = "";
  for (const line of text.split(/\r?\n/)) {
    const [, header] = /^\s*\[([^\]]*)\]/.exec(line) ?? [];
    const [, key, value] = /^\s*([^#;=:\s][^=:]*?)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? [];
    if (header !== undefined) name = header.trim();
    else if (name === wanted && key !== undefined) members[key.toLowerCase()] = value ?? "";
  }
  return members;
}

function parsed(text: string, file: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(text));
  } catch {
    // The parser's own words quote the file.
    const message = `is not readable in ${file}: it is no JSON`;
    throw CredentialError.of([{ path: "credential", code: "Format", message }]);
  }
}
