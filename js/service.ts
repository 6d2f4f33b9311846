/** Clients of one service version: each call is checked against the version's table before it is sent. */

import { type Done, makeCall } from "./caller.ts";
import { formOfPayload, type MakeForm } from "./form.ts";
import type { Integers } from "./integers.ts";
import { hiddenIn } from "./json.ts";
import { isPlain } from "./kinds.ts";
import {
  type CallOptions,
  type ClientOptions,
  type ReadCallOptions,
  type ReadClientOptions,
  readCallOptions,
  readClientOptions,
} from "./options.ts";
import { type RawOptions, rawly } from "./raw.ts";

/** A service version, as its generated file states it. */
export interface ServiceVersion {
  /** Of its class. */
  name: string;
  service: string;
  version: string;
  /** The table, in the format of schema/README.md. */
  table: string;
  /** Members of each action that may be left out, but not stand without a value: each would then mean more than it says. */
  valued: Record<string, string[]>;
}

/** What every class of a service version is. */
type ServiceClass = new <Mode extends Integers>(options: ClientOptions<Mode>) => never;

/**
 * The class of a service version, with a method for each action of its table. So an application pays for the table, and
 * not for a method each.
 */
export function serviceClass(which: ServiceVersion): ServiceClass {
  const { name, service, version, table, valued } = which;
  const found = table.matchAll(/^A[rwRW](\w+)/gm);
  const actions = Array.from(found, ([, action = ""]) => action);
  class Service {
    readonly #options: ReadClientOptions;

    constructor(options: ClientOptions<Integers>) {
      this.#options = readClientOptions(options);
    }

    /** The same actions; each gives its answer with how it came. */
    get raw() {
      const calls = actions.map((action) => [
        action,
        (payload: object | undefined, options: RawOptions | undefined) =>
          rawly(this.#options, options, (read) => this.#make(action, payload, read)),
      ]);
      return Object.fromEntries(calls);
    }

    async #make(action: string, payload: object = {}, options: ReadCallOptions): Promise<Done> {
      const asIs = options.validate === false;
      const { members, problems } = readPayload(payload, valued[action] ?? [], asIs);
      const call = {
        service,
        version,
        table,
        action,
        reads: false,
        problems,
        draft: () => formOfPayload(members),
        draftDryRun: () => formOfDryRun(members),
      };
      return makeCall(this.#options, call, options);
    }

    static {
      Object.defineProperty(Service, "name", { value: name });
      for (const action of actions) {
        const methods = {
          async [action](this: Service, payload?: object, options?: CallOptions) {
            const read = readCallOptions(this.#options, options);
            return (await this.#make(action, payload, read)).answer;
          },
        };
        const value = methods[action];
        Object.defineProperty(Service.prototype, action, {
          value,
          configurable: true,
          writable: true,
        });
      }
    }
  }
  return Service as unknown as ServiceClass;
}

/**
 * Reads each member once, since a getter may answer otherwise when it is asked again. A member of these names that is
 * there without a value, or that only a prototype gives, would not be sent: a refund of one order would become one of
 * every order. What is sent as it is, is not looked at by the core, so here an empty one is refused too.
 */
function readPayload(payload: object, names: string[], asIs: boolean) {
  if (!isPlain(payload)) return { members: payload, problems: [] };
  const members: Record<string, unknown> = { ...payload };
  const isLost = (name: string) =>
    (members[name] ?? null) === null || (asIs && isEmpty(members[name]));
  const lost = names.filter((name) => name in payload && isLost(name));
  const message = "is there without a value: give one, or leave the member out";
  const problems = lost.map((path) => ({ path, code: "Empty", message }));
  const hidden = hiddenIn(payload);
  if (hidden !== undefined) problems.push({ path: "payload", code: "Type", message: hidden });
  return { members, problems };
}

/** Nothing can be added to a text, to bytes or to a list: they are only shown. */
function formOfDryRun(members: object): MakeForm | undefined {
  return isPlain(members) ? formOfPayload({ ...members, DryRun: true }) : undefined;
}

function isEmpty(value: unknown): boolean {
  return value === "" || (Array.isArray(value) && value.every((item) => item === ""));
}
