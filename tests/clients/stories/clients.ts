/** Every client that plays stories: this package's, and the official ones. `tccli.ts` has the one that is a program. */

import { ApiError, Client, type ClientOptions, OutcomeUnknownError } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import sdk from "tencentcloud-sdk-nodejs-common";
import type { ServeOptions } from "../../../sandbox/hosts/node.ts";
import { conversation } from "./lines.ts";
import type { Key } from "./story.ts";

/** One call. */
export interface Asked {
  /** The sandbox's origin. */
  url: string;
  caFile?: string;
  key: Key;
  action: string;
  payload: Record<string, unknown>;
  /** Past the client's models. */
  plain: boolean;
}

/** What a client told its caller: the answer without its RequestId, or an error's code and message. */
export type Told = { answer: unknown } | { code: string; message: string };

/** Makes one call, by a client that has made none before, and without a second try. */
export interface Caller {
  call(asked: Asked): Promise<Told>;
  /** What its sandbox is started with. */
  serve: ServeOptions;
  /** Whether it shows a member that is null as one that is not there, or the other way round. */
  hidesNulls: boolean;
  close(): Promise<void>;
}

export const REGION = "ap-guangzhou";
const SERVICE = "iotvideo";
const VERSION = "2019-11-26";

/** This package's; its sandbox bears with nothing. */
export function own(further: Pick<ClientOptions, "now" | "fetch"> = {}): Caller {
  const call = async ({ url, key, action, payload, plain }: Asked) => {
    const options = {
      credential: key,
      region: REGION,
      endpoint: url,
      retry: { tries: 1 },
      rate: "off",
      ...further,
    } as const;
    try {
      const answer = plain
        ? await new Client(options).call({ service: SERVICE, version: VERSION, action, payload })
        : await new Iotvideo(options)[action as "RefundStorageService"](payload as never);
      return { answer: withoutId(answer) };
    } catch (error) {
      const told = error instanceof OutcomeUnknownError ? error.cause : error;
      if (!(told instanceof ApiError)) throw error;
      return { code: told.code, message: told.message };
    }
  };
  return { call, serve: { strict: true }, hidesNulls: false, close: async () => {} };
}

/** The official Node SDK. */
export function node(): Caller {
  const call = async ({ url, key, action, payload }: Asked) => {
    const client = new sdk.CommonClient("iotvideo.tencentcloudapi.com", VERSION, {
      credential: key,
      region: REGION,
      profile: { httpProfile: { endpoint: new URL(url).host, protocol: "http://" } },
    });
    try {
      return { answer: withoutId(await client.request(action, payload)) };
    } catch (error) {
      const { code, message } = error as { code?: string; message: string };
      if (code === undefined) throw error;
      return { code, message };
    }
  };
  return { call, serve: {}, hidesNulls: false, close: async () => {} };
}

/** The official Python SDK, with its models of IoT Video. */
export const python = (): Caller =>
  speaking(true, "target/clients/python/bin/python", "-B", "tests/clients/python/stories.py");

/** The official Go SDK. */
export const go = (): Caller => speaking(false, "target/clients/go/stories");

/** One that is driven by a program. */
function speaking(hidesNulls: boolean, command: string, ...args: string[]): Caller {
  const { ask, end } = conversation<Asked, Told>(command, ...args);
  const call = async (asked: Asked) => {
    const told = await ask(asked);
    return "answer" in told ? { answer: withoutId(told.answer) } : told;
  };
  return { call, serve: {}, hidesNulls, close: end };
}

/** An answer without its RequestId, which no two answers share. */
export function withoutId(answer: unknown): unknown {
  const { RequestId, ...rest } = answer as Record<string, unknown>;
  if (typeof RequestId !== "string") throw new Error("an answer has no RequestId");
  return rest;
}
