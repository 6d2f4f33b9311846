/** A service for one test: the sandbox behind a `fetch` without sockets, in a time that only waiting lets pass. */

import { readFile } from "node:fs/promises";
import type { ClientOptions } from "tc3-edge";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { initSync, SandboxModule, shown } from "../../../build/sandbox.js";
import {
  DEFAULT_ACCOUNT,
  type Engine,
  type SandboxOptions,
  startEngine,
} from "../../../sandbox/hosts/engine.ts";

const REGION = "ap-guangzhou";
const { secretId, secretKey } = DEFAULT_ACCOUNT;

/** A call as it was handed to the platform. */
export interface Handed {
  action: string;
  ServiceId: string;
  OrderId?: string;
}

/** What becomes of a call on its way; `deliver` hands it to the service, each time anew. */
export type Fate = (
  call: Handed,
  deliver: () => Promise<Response>,
  init: RequestInit,
) => Response | Promise<Response>;

/** Of a client, in whatever way it reads integers. */
export type ChosenOptions = Omit<Partial<ClientOptions>, "integers"> & {
  integers?: "auto" | "bigint" | "string";
};

export const READS = "DescribeStorageService";
export const REFUNDS = "RefundStorageService";

export class Service {
  readonly calls: Handed[] = [];
  /** What becomes of each call. */
  fate: Fate = (_, deliver) => deliver();
  #engine!: Engine;
  #life = 0;
  #now = Date.UTC(2026, 0, 1);

  static async begin(options: SandboxOptions = {}): Promise<Service> {
    const service = new Service();
    initSync({ module: await wasm });
    const now = () => service.#now;
    service.#engine = await startEngine(
      { SandboxModule, shown },
      { seed: 1, unlimited: true, now, ...options },
    );
    return service;
  }

  readonly now = (): number => this.#now;

  /** Lets time pass. */
  readonly wait = async (ms: number): Promise<void> => {
    this.#now += ms;
  };

  /** What refunds are told of the time. */
  get time() {
    const { now, wait } = this;
    return { now, wait };
  }

  /** The processes that there are end: nothing more is sent by their clients, and nothing comes back. */
  crash(): void {
    this.#life += 1;
  }

  /** The caller's. */
  client(options: ChosenOptions = {}): Iotvideo {
    const life = this.#life;
    const given: ChosenOptions = {
      credential: { secretId, secretKey },
      region: REGION,
      now: this.now,
      timeout: 0,
      rate: "off",
      retry: { tries: 1 },
      fetch: async (input, init = {}) => {
        if (life !== this.#life) return new Promise(() => {});
        const call = callOf(init);
        this.calls.push(call);
        const response = await this.fate(call, () => this.#deliver(String(input), init), init);
        return life === this.#life ? response : new Promise(() => {});
      },
      ...options,
    };
    return new Iotvideo(given as ClientOptions);
  }

  /** Somebody else's, which nothing befalls and nobody counts. */
  get others(): Iotvideo {
    return this.client({ fetch: (input, init = {}) => this.#deliver(String(input), init) });
  }

  /** Buys orders for a camera's service. */
  async buy(OrderCount: number, Tid = "camera-1"): Promise<{ ServiceId: string; ids: string[] }> {
    const order = { PkgId: "yc1m3d", Tid, StorageRegion: REGION, OrderCount };
    const { ServiceId, Data } = await this.others.CreateStorageService(order);
    return { ServiceId, ids: Data.map(({ OrderId }) => OrderId) };
  }

  /** The orders that were asked to be refunded, in order; empty where it was the whole service. */
  get sent(): string[] {
    return this.calls
      .filter(({ action }) => action === REFUNDS)
      .map(({ OrderId }) => OrderId ?? "");
  }

  /** The orders that the ledger has as refunded, in order. */
  async refunded(): Promise<string[]> {
    const ledger = await this.#engine.ledger();
    const refunds = ledger.filter(({ what }) => what === "returnedToPool" || what === "madeVoid");
    return refunds.map(({ orderId = "" }) => orderId);
  }

  /** What the sandbox does to one refund in place of it. */
  async refuse(code: string): Promise<void> {
    const fault = { action: REFUNDS, count: 1, when: "before", effect: { code } };
    await this.#engine.control("addFault", fault);
  }

  async #deliver(url: string, init: RequestInit): Promise<Response> {
    const { host, pathname } = new URL(url);
    const { status, headers, body } = await this.#engine.handle({
      method: init.method ?? "GET",
      target: pathname,
      headers: [...new Headers(init.headers), ["host", host]],
      body: new TextEncoder().encode(String(init.body ?? "")),
    });
    return new Response(body, { status, headers });
  }
}

/** An answer whose body was changed on its way. */
export async function changed(
  response: Response,
  change: (text: string) => string,
): Promise<Response> {
  const { status, headers } = response;
  return new Response(change(await response.text()), { status, headers });
}

/** What a platform throws where a connection broke. */
export function lost(): never {
  throw new TypeError("the connection was lost");
}

function callOf(init: RequestInit): Handed {
  const action = new Headers(init.headers).get("X-TC-Action") ?? "";
  return { action, ...JSON.parse(String(init.body)) };
}

const wasm = readFile(new URL("../../../build/sandbox.wasm", import.meta.url));
