/** Clients: what every service's class extends, and one for the actions of every service. */

import { Caller } from "./caller.ts";
import type { DryRun, Reply } from "./dry-run.ts";
import type { StreamEvent } from "./events.ts";
import { type AsyncFormInput, FORM } from "./form.ts";
import { readMembers, type Shape } from "./members.ts";
import type { CallOptions, ClientOptions } from "./options.ts";
import { wrong } from "./problems.ts";

export type { DryRun, Reply } from "./dry-run.ts";
export type { CallOptions, ClientOptions } from "./options.ts";

/** A service version, as its generated file states it. */
export interface ServiceVersion {
  service: string;
  version: string;
  /** The table, in the format of schema/README.md. */
  table: string;
  /** Members that are refused where they stand without a value: left out, each would mean more than it says. */
  valued: string[];
}

/** Calls the actions of one service version; each is checked against the version's table before it is sent. */
export class ServiceClient {
  readonly #service: ServiceVersion;
  readonly #caller: Caller;

  constructor(options: ClientOptions, service: ServiceVersion) {
    this.#service = service;
    this.#caller = new Caller(options);
  }

  /** Makes one call of an action. Nothing is sent unless the payload passes the table's check. */
  protected async request<Answer, Options extends CallOptions>(
    action: string,
    payload: object,
    options?: Options,
  ): Promise<Reply<Answer, Options>> {
    refuseWithoutValue(this.#service.valued, payload);
    const { service, version, table } = this.#service;
    const call = { service, version, table, action, form: { payload }, reads: false };
    return (await this.#caller.call(call, options)) as Reply<Answer, Options>;
  }
}

/**
 * A member that is there without a value, or that only a prototype gives, would not be sent: a refund of one order
 * would become one of every order.
 */
function refuseWithoutValue(names: string[], payload: object): void {
  if (typeof payload !== "object" || payload === null) return;
  const members = payload as Record<string, unknown>;
  for (const name of names) {
    if (!(name in members)) continue;
    const isSent = Object.prototype.propertyIsEnumerable.call(members, name);
    if (!isSent || members[name] === undefined || members[name] === null) {
      throw wrong(name, "is there without a value: give one, or leave the member out", "Empty");
    }
  }
}

/** A call of any action of any service, which is not checked against a table. */
export interface Call extends Omit<AsyncFormInput, "payloadHash"> {
  /** The service's short name, such as `iotvideo`. */
  service: string;
  /** Such as `2019-11-26`. */
  version: string;
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
  service: "text",
  version: "text",
  action: "text",
  headers: "headers",
  unsignedPayload: "boolean",
  reads: "boolean",
  answer: ["json", "bytes"],
};

/** Calls any action of any service, in every form of request. */
export class Client {
  readonly #caller: Caller;

  constructor(options: ClientOptions) {
    this.#caller = new Caller(options);
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
    return this.#caller.call(readCall(call), options);
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
    return this.#caller.stream(readCall(call), options);
  }
}

function readCall(call: Call) {
  const members = readMembers(call, CALL);
  const { service = "", version = "", action = "", reads = false, answer, ...rest } = members;
  const { headers, unsignedPayload, ...form } = rest;
  const head = { ...(headers && { headers }), ...(unsignedPayload && { unsignedPayload }) };
  return { service, version, action, reads, head, form, bytes: answer === "bytes" };
}
