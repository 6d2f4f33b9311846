/** Who is asked for refunds, and by whom. */

import { resolve } from "node:path";
import { env } from "node:process";
import { CredentialError, ValidationError } from "tc3-edge";
import { fromEnvironment } from "tc3-edge/credentials";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { isLoopback, UsageError } from "./arguments.mjs";
import type { Asked } from "./session.ts";
import { plain } from "./text.ts";

/** The service, ready to be called. */
export interface Service {
  client: Iotvideo;
  /** Whether it is on this machine, and so not the real one. */
  isLoopback: boolean;
  /** Who is asked, and by whom; without the secret key. */
  words: string;
}

/**
 * Checks all that can be checked without sending anything.
 *
 * @throws UsageError or CredentialError
 */
export async function reach({
  target,
  region,
  endpoint,
  journal,
}: Pick<Asked, "target" | "region" | "endpoint" | "journal">): Promise<Service> {
  const { secretId, token } = await fromEnvironment()();
  const { client, url } = await connect(target.ServiceId, region, endpoint);
  const isHere = isLoopback(url.hostname);
  const key = token === undefined ? "" : ", a temporary key with its token";
  const words = [
    isHere
      ? "A refund at a service on this machine"
      : "A refund at the REAL service of Tencent Cloud",
    `  endpoint   ${url.origin}, region ${plain(region)}`,
    `  secret id  ${plain(secretId)}${key}`,
    `  journal    ${plain(resolve(journal))}`,
  ].join("\n");
  return { client, isLoopback: isHere, words };
}

/** A client, and where its requests go: by one that is shown and not sent. */
async function connect(ServiceId: string, region: string, endpoint: string) {
  try {
    const client = new Iotvideo({ credential: fromEnvironment(), region, endpoint });
    const shown = await client.DescribeStorageService({ ServiceId }, { dryRun: true });
    if (!shown.sent) return { client, url: new URL(shown.request.url) };
  } catch (error) {
    throw error instanceof ValidationError ? new UsageError(error.message) : error;
  }
  throw new Error("the service has a dry run of its own for what only reads");
}

/** What to set, where no credentials were found. */
export function missingCredentials(error: unknown): string | undefined {
  if (!(error instanceof CredentialError)) return undefined;
  const names = ["TENCENTCLOUD_SECRET_ID", "TENCENTCLOUD_SECRET_KEY"].filter((name) => !env[name]);
  if (names.length === 0) return undefined;
  return `No credentials: set ${names.join(" and ")} in the environment.
A temporary key also needs TENCENTCLOUD_TOKEN or TENCENTCLOUD_SESSION_TOKEN.`;
}
