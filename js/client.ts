/** The client for the actions of every service; `service.ts` has those of one service version. */

import { type Done, makeCall } from "./caller.ts";
import { digest } from "./digest.ts";
import type { DryRun } from "./dry-run.ts";
import type { StreamEvent } from "./events.ts";
import { type AsyncFormInput, FORM, type Form, formOf } from "./form.ts";
import type { Integers } from "./integers.ts";
import { aBoolean, aText, texts } from "./kinds.ts";
import { clientCore } from "./load/client.ts";
import { readMembers, type Shape } from "./members.ts";
import {
  type CallOptions,
  type ClientOptions,
  type ReadCallOptions,
  type ReadClientOptions,
  readCallOptions,
  readClientOptions,
} from "./options.ts";
import { type Raw, type RawOptions, rawly } from "./raw.ts";
import { type Answer, isSuccess } from "./send.ts";
import { streamCall } from "./stream.ts";

export type { DryRun, Reply } from "./dry-run.ts";
export type { Float, Integers } from "./integers.ts";
export type { CallOptions, ClientOptions, RetryOptions } from "./options.ts";
export type { Raw, RawCalls, RawOptions } from "./raw.ts";

/** A call of any action of any service, which is not checked against a table. */
export interface Call extends Omit<AsyncFormInput, "payloadHash"> {
  /** The service's short name, such as `iotvideo`. */
  service: string;
  /** Such as `2019-11-26`. */
  version: string;
  /** Such as `DescribeInstances`. */
  action: string;
  /** Further headers to send. */
  headers?: Record<string, string>;
  /** Leaves the body out of the signature: whoever sees the request can change it. */
  unsignedPayload?: boolean;
  /** Whether the action changes nothing, so that a lost answer is a plain failure. @default false */
  reads?: boolean;
  /** `"bytes"` hands an `application/octet-stream` body through as a Uint8Array. @default "json" */
  answer?: "json" | "bytes";
}

const CALL: Shape = {
  ...FORM,
  service: aText,
  version: aText,
  action: aText,
  headers: texts,
  unsignedPayload: aBoolean,
  reads: aBoolean,
  answer: ["json", "bytes"],
};

/** Calls any action of any service, in every form of request. */
export class Client {
  readonly #options: ReadClientOptions;

  constructor(options: ClientOptions<Integers>) {
    this.#options = readClientOptions(options);
  }

  /**
   * Makes one call. The answer's members are not known here: name their type, as in
   * `client.call<{ RequestId: string }>(…)`. With `dryRun` nothing is sent.
   */
  async call<Answer = Record<string, unknown>>(
    call: Call,
    options?: CallOptions & { dryRun?: false },
  ): Promise<Answer>;
  async call(call: Call, options: CallOptions & { dryRun: true }): Promise<DryRun>;
  async call<Answer = Record<string, unknown>>(
    call: Call,
    options?: CallOptions,
  ): Promise<Answer | DryRun>;
  async call(call: Call, options?: CallOptions): Promise<unknown> {
    return (await this.#make(call, readCallOptions(this.#options, options))).answer;
  }

  /** Makes one call as `call` does, and gives its answer with its status, its headers and how often it was sent. */
  async raw<Answer = Record<string, unknown>>(
    call: Call,
    options?: RawOptions,
  ): Promise<Raw<Answer>> {
    const raw = rawly(this.#options, options, (read) => this.#make(call, read));
    return raw as Promise<Raw<Answer>>;
  }

  #make(call: Call, options: ReadCallOptions): Promise<Done> {
    return makeCall(this.#options, readCall(call), options);
  }

  /**
   * Makes one call whose answer is an event stream, and gives its events as they come. An action that answers with
   * plain JSON instead gives one event, whose data is that JSON; a refusal is thrown. `timeout` is for each wait, not
   * for the whole. Leaving the loop ends the connection; to end a wait, abort its `signal`.
   *
   * @throws ValidationError at once, where the call cannot be sent
   * @example for await (const { data } of client.stream({ service, version, action, payload })) console.log(data);
   */
  stream(call: Call, options?: CallOptions): AsyncGenerator<StreamEvent, void, undefined> {
    return streamCall(this.#options, readCall(call), readCallOptions(this.#options, options));
  }
}

const digestOf = (form: Form) => digest(clientCore, form);

function readCall(call: Call) {
  const members = readMembers(call, CALL);
  const { service = "", version = "", action = "", reads = false, answer, ...rest } = members;
  const { headers, unsignedPayload, ...form } = rest;
  const head = { ...(headers && { headers }), ...(unsignedPayload && { unsignedPayload }) };
  const draft = () => formOf(form);
  // A table's check walks the very bytes; without one they may be digested elsewhere.
  const own = { service, version, action, reads, head, draft, digest: digestOf };
  return answer === "bytes" ? { ...own, bytes } : own;
}

function bytes({ status, mediaType, body }: Answer): Uint8Array | undefined {
  return mediaType === "application/octet-stream" && isSuccess(status) ? body : undefined;
}
