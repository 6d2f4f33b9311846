/** The service, the network and the time in which one scenario is played: the sandbox behind a `fetch` without sockets. */

import { readFile } from "node:fs/promises";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { initSync, SandboxModule, shown } from "../../../../build/sandbox.js";
import { DEFAULT_ACCOUNT, type Engine, startEngine } from "../../../../sandbox/hosts/engine.ts";
import type { ReadFault, Scenario, SendFault } from "./scenario.ts";

const REGION = "ap-guangzhou";
const PURCHASE = { PkgId: "yc1m3d", Tid: "camera-1", StorageRegion: REGION } as const;
const { secretId, secretKey } = DEFAULT_ACCOUNT;
const OF_ANYBODY = { credential: { secretId, secretKey }, region: REGION };

/** How long the caller waits for an answer that does not come, in milliseconds of the real clock. */
const PATIENCE = 25;

/** A request for a refund that was handed to the platform. */
export interface Handed {
  /** Empty where the whole service was asked for. */
  orderId: string;
  /** In seconds. */
  signedFor: number;
  /** Whether a request for this order had been carried out before, or could still be. */
  overlaps: boolean;
}

/** A request that is still on its way. */
interface Delayed {
  due: number;
  orderId: string;
  deliver: () => Promise<unknown>;
}

export class World {
  readonly scenario: Scenario;
  readonly handed: Handed[] = [];
  /** What was met, by name. */
  readonly met = new Map<string, number>();
  serviceId = "";
  /** Which orders were bought for it, as they were bought. */
  orderIds: string[] = [];
  /** The order that somebody else refunded. */
  refundedByOthers = "";
  /** Told before a request for a refund is handed over, and behind it. */
  onHanded: (handed: Handed) => void | Promise<void> = () => {};
  onCarried: () => void | Promise<void> = () => {};
  /** Whether faults, buyers and the like are let loose. */
  isWild = false;
  #now = Date.UTC(2026, 0, 1);
  #engine!: Engine;
  #starts: number[] = [];
  #delayed: Delayed[] = [];
  #calls = 0;
  #life = 0;

  constructor(scenario: Scenario) {
    this.scenario = scenario;
  }

  static async begin(scenario: Scenario): Promise<World> {
    const world = new World(scenario);
    const { seed, returned, orders } = scenario;
    initSync({ module: await wasm });
    const now = () => world.#now;
    const module = { SandboxModule, shown };
    world.#engine = await startEngine(module, { seed, returned, unlimited: true, now });
    const bought = await world.#buyer().CreateStorageService({ ...PURCHASE, OrderCount: orders });
    world.serviceId = bought.ServiceId;
    world.orderIds = bought.Data.map(({ OrderId }) => OrderId);
    world.#starts = bought.Data.map(({ StartTime }) => StartTime * 1000);
    return world;
  }

  /** The caller's clock. */
  readonly now = (): number => this.#now + this.scenario.skew;

  /** Lets time pass, and what is on its way arrive. */
  readonly wait = async (ms: number): Promise<void> => {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#delayed.sort((one, other) => one.due - other.due)[0];
      if (!next || next.due > until) break;
      this.#delayed.shift();
      this.#now = Math.max(this.#now, next.due);
      await next.deliver();
    }
    this.#now = until;
  };

  /** The caller's client. */
  client(): Iotvideo {
    const life = this.#life;
    return new Iotvideo({
      ...OF_ANYBODY,
      // Of a process that has ended nothing is sent.
      fetch: (...call) => (life === this.#life ? this.#fetch(...call) : never(undefined)),
      now: this.now,
      rate: "off",
      timeout: 0,
      idempotencyKey: this.scenario.sendsOnce,
      tryTimeout: this.scenario.sends.some((fault) => fault.startsWith("no answer")) ? PATIENCE : 0,
      retry: { baseDelay: 0, maxDelay: 0 },
    });
  }

  #buyer(): Iotvideo {
    return new Iotvideo({ ...OF_ANYBODY, fetch: this.#fetch, now: () => this.#now });
  }

  /** The caller's process ends. */
  crash(name: string): void {
    this.#life += 1;
    this.#meet(`crash ${name}`);
  }

  /** How often the ledger says that an order was refunded. */
  async refunds(orderId: string): Promise<number> {
    const ledger = await this.#engine.ledger();
    return ledger.filter(
      (line) =>
        line.serviceId === this.serviceId &&
        line.orderId === orderId &&
        (line.what === "returnedToPool" || line.what === "madeVoid"),
    ).length;
  }

  readonly #fetch: typeof fetch = async (input, init = {}) => {
    const url = new URL(String(input));
    const headers = new Headers(init.headers);
    headers.set("host", url.host);
    const body = new TextEncoder().encode(String(init.body ?? ""));
    const deliver = () =>
      this.#engine.handle({
        method: init.method ?? "GET",
        target: url.pathname,
        headers: [...headers],
        body,
      });
    if (!this.isWild) return this.#answer(await deliver());
    await this.#befall();
    this.#now += 40;
    if (headers.get("X-TC-Action") !== "RefundStorageService") return this.#read(deliver, init);
    const { OrderId: orderId = "" } = JSON.parse(new TextDecoder().decode(body));
    return this.#send(orderId, Number(headers.get("X-TC-Timestamp")), deliver, init);
  };

  /** Somebody buys or refunds, or an order starts, before a call of the run. */
  async #befall(): Promise<void> {
    const { buysAt, startsAt, refundsAt } = this.scenario;
    const at = this.#calls;
    this.#calls += 1;
    if (at === buysAt) {
      this.#meet("somebody buys");
      this.isWild = false;
      await this.#buyer().CreateStorageService({ ...PURCHASE, OrderCount: 1 });
      this.isWild = true;
    }
    if (at === refundsAt) await this.#refundElsewhere(this.orderIds.at(-1) ?? "");
    const next = this.#starts.find((start) => start > this.#now);
    if (at === startsAt && next !== undefined) {
      this.#meet("an order starts");
      await this.wait(next - this.#now);
    }
  }

  /** Unless it was refunded before. */
  async #refundElsewhere(OrderId: string): Promise<void> {
    if ((await this.refunds(OrderId)) > 0) return;
    this.#meet("somebody refunds");
    this.refundedByOthers = OrderId;
    this.isWild = false;
    // It may have expired.
    const { serviceId: ServiceId } = this;
    await this.#buyer()
      .RefundStorageService({ ServiceId, OrderId })
      .catch(() => {});
    this.isWild = true;
  }

  async #read(deliver: () => ReturnType<Engine["handle"]>, { signal }: RequestInit) {
    signal?.throwIfAborted();
    const fault: ReadFault | "none" = this.scenario.reads.shift() ?? "none";
    if (fault !== "none") this.#meet(fault);
    if (fault === "read lost") throw new TypeError("the connection was lost");
    if (fault === "read 502") return new Response("Bad Gateway", { status: 502 });
    const answer = await deliver();
    if (fault === "read cut") return this.#answer({ ...answer, body: answer.body.slice(0, -9) });
    const response = this.#answer(answer);
    // What a cache kept shows a clock of another time.
    if (fault === "cached") response.headers.set("Age", "600");
    if (fault === "no Date") response.headers.delete("Date");
    return response;
  }

  async #send(
    orderId: string,
    signedFor: number,
    deliver: () => ReturnType<Engine["handle"]>,
    { signal }: RequestInit,
  ): Promise<Response> {
    const before = this.handed.filter((handed) => handed.orderId === orderId);
    const isOurs = orderId !== "" && orderId !== this.refundedByOthers;
    const isRefunded = isOurs && (await this.refunds(orderId)) > 0;
    const isOut = this.#delayed.some(
      (delayed) => delayed.orderId === orderId && before.length > 0 && this.#mayArrive(delayed),
    );
    const handed = { orderId, signedFor, overlaps: isOut || isRefunded };
    this.handed.push(handed);
    await this.onHanded(handed);
    const fault: SendFault | "none" = this.scenario.sends.shift() ?? "none";
    if (fault !== "none") this.#meet(fault);
    const lost = () => new TypeError("the connection was lost");
    const later = (ms: number) => this.#delayed.push({ due: this.#now + ms, orderId, deliver });
    if (fault === "never arrives") throw lost();
    if (fault === "arrives later") later(1000 + (this.scenario.seed % 290_000));
    if (fault === "arrives too late") later(301_000 + (this.scenario.seed % 50_000));
    if (fault.startsWith("arrives")) throw lost();
    if (fault === "no answer, not done") return never(signal);
    if (fault === "502 before") return new Response("Bad Gateway", { status: 502 });
    if (fault === "internal before" || fault === "throttled") {
      const code = fault === "throttled" ? "RequestLimitExceeded" : "InternalError";
      const effect = { code };
      await this.#engine.control("addFault", { count: 1, when: "before", effect });
    }
    if (fault === "internal after") {
      const effect = { code: "InternalError" };
      await this.#engine.control("addFault", { count: 1, when: "after", effect });
    }
    let answer = await deliver();
    if (fault === "sent twice") answer = await deliver();
    await this.onCarried();
    if (fault === "answer lost") throw lost();
    if (fault === "no answer, done") return never(signal);
    if (fault === "502 after") return new Response("Bad Gateway", { status: 502 });
    if (fault === "302 after") return new Response(null, { status: 302 });
    if (fault === "answer malformed") answer = { ...answer, body: answer.body.replace(":", "") };
    if (fault === "answer cut") answer = { ...answer, body: answer.body.slice(0, -20) };
    return this.#answer(answer);
  }

  /** Whether a request that is on its way can still be accepted. */
  #mayArrive({ due, orderId }: Delayed): boolean {
    const signed = this.handed.findLast((handed) => handed.orderId === orderId)?.signedFor ?? 0;
    return due / 1000 <= signed + 300;
  }

  #answer({ status, headers, body }: Awaited<ReturnType<Engine["handle"]>>): Response {
    const { hidesDate, bareIds } = this.scenario;
    const text = bareIds ? body.replace(/"OrderId":"(\d+)"/g, '"OrderId":$1') : body;
    const response = new Response(text, { status, headers });
    if (hidesDate) response.headers.delete("Date");
    return response;
  }

  #meet(name: string): void {
    this.met.set(name, (this.met.get(name) ?? 0) + 1);
  }
}

const wasm = readFile(new URL("../../../../build/sandbox.wasm", import.meta.url));

/** What no answer comes to; its caller's signal ends it. */
function never(signal: AbortSignal | null | undefined): Promise<Response> {
  return new Promise((_, reject) => {
    signal?.addEventListener("abort", () => reject(signal.reason));
  });
}
