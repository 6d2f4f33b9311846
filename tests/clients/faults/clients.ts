/** Every client that makes refunds through the faults of a service: this package's, and the official ones. */

import { Tc3Error } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import tencentcloud from "tencentcloud-sdk-nodejs-common";
import { program } from "../differential/lines.ts";

/** What a caller is told: `done`, an outcome, or `failed` with a code; and after how long. */
export interface Told {
  told: string;
  ms: number;
}

/** Makes a refund of each ServiceId at a host, one after the other. */
export type Refunds = (host: string, ids: string[]) => Promise<Told[]>;

/** How long each client may take, in milliseconds. */
const TIMEOUT = 1000;

/** This package's client in this Node, with its defaults but for the waits. */
export const own: Refunds = (host, ids) => {
  const iotvideo = new Iotvideo({
    credential: { secretId: "test-id", secretKey: "test-key" },
    region: "ap-guangzhou",
    endpoint: `http://${host}`,
    timeout: TIMEOUT,
    retry: { baseDelay: 10 },
  });
  return each(ids, async (ServiceId) => {
    try {
      await iotvideo.RefundStorageService({ ServiceId });
      return "done";
    } catch (error) {
      return Tc3Error.is(error) ? error.outcome : String(error);
    }
  });
};

/** The official Node SDK, which has no retries. */
export const node: Refunds = (host, ids) => {
  const client = new tencentcloud.CommonClient(host, "2019-11-26", {
    credential: { secretId: "test-id", secretKey: "test-key" },
    region: "ap-guangzhou",
    profile: { httpProfile: { protocol: "http://", reqTimeout: TIMEOUT / 1000 } },
  });
  return each(ids, async (ServiceId) => {
    try {
      await client.request("RefundStorageService", { ServiceId });
      return "done";
    } catch (error) {
      return `failed: ${(error as { code?: string }).code ?? (error as Error).name}`;
    }
  });
};

/** A refund by a program. */
export interface Asked {
  host: string;
  secretId: string;
  /** The service. */
  id: string;
  /** The only order of it that is refunded. */
  order?: string;
  retries: boolean;
}

/** The official Python SDK, with its StandardRetryer or without. */
export const python = (retries: boolean): Refunds =>
  asking(
    program<Asked, Told>(
      "target/clients/python/bin/python",
      "-B",
      "tests/clients/python/faults.py",
    ),
    retries,
  );

/** The official Go SDK, with its retries or without. */
export const go = (retries: boolean): Refunds =>
  asking(program<Asked, Told>("target/clients/go/faults"), retries);

function asking(ask: (calls: Asked[]) => Promise<Told[]>, retries: boolean): Refunds {
  return (host, ids) => ask(ids.map((id) => ({ host, secretId: "test-id", id, retries })));
}

async function each(ids: string[], refund: (id: string) => Promise<string>): Promise<Told[]> {
  const all: Told[] = [];
  for (const id of ids) {
    const began = performance.now();
    const told = await refund(id);
    all.push({ told, ms: performance.now() - began });
  }
  return all;
}
