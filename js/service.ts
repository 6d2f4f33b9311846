/** Clients of one service version: each call is checked against the version's table before it is sent. */

import { Caller } from "./caller.ts";
import type { Integers } from "./integers.ts";
import type { CallOptions, ClientOptions } from "./options.ts";

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
export function serviceClass({ name, valued, ...version }: ServiceVersion): ServiceClass {
  class Service {
    readonly #caller: Caller;

    constructor(options: ClientOptions<Integers>) {
      this.#caller = new Caller(options);
    }

    static {
      Object.defineProperty(Service, "name", { value: name });
      for (const [, action = ""] of version.table.matchAll(/^A[rwRW](\w+)/gm)) {
        const methods = {
          async [action](this: Service, payload: object = {}, options?: CallOptions) {
            const problems = withoutValue(valued[action] ?? [], payload);
            const call = { ...version, action, form: { payload }, reads: false, problems };
            return this.#caller.call(call, options);
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
 * A member that is there without a value, or that only a prototype gives, would not be sent: a refund of one order
 * would become one of every order.
 */
function withoutValue(names: string[], payload: object) {
  if (typeof payload !== "object" || payload === null) return [];
  const members = payload as Record<string, unknown>;
  const isMissing = (name: string) =>
    name in members &&
    !(
      Object.prototype.propertyIsEnumerable.call(members, name) && (members[name] ?? null) !== null
    );
  const message = "is there without a value: give one, or leave the member out";
  return names.filter(isMissing).map((path) => ({ path, code: "Empty", message }));
}
