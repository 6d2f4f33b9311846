/** Plays one scenario with `refund`, and holds what it tells against the ledger. */

import assert from "node:assert/strict";
import {
  type Journal,
  memoryJournal,
  PlanChangedError,
  planRefund,
  type RefundPlan,
  type RefundReport,
  refund,
} from "tc3-edge/refund";
import { type Scenario, scenarioOf } from "./scenario.ts";
import { World } from "./world.ts";

/** What became of a scenario. */
export interface Played {
  scenario: Scenario;
  /** Of each planned order. */
  outcomes: string[];
  /** What was met on the way, and how often. */
  met: Map<string, number>;
  handed: number;
}

/** Longer than any request is on its way. */
const LONG = 3_000_000;

/** Plays the scenario of a seed. */
export async function play(seed: number): Promise<Played> {
  const scenario = scenarioOf(seed);
  const world = await World.begin(structuredClone(scenario));
  const { only } = scenario;
  const one = only === undefined ? {} : { OrderId: world.orderIds[only] ?? "" };
  const plan = await planRefund(world.client(), { ServiceId: world.serviceId, ...one });
  world.isWild = true;
  const run = new Run(world, plan);
  const report = await run.toTheEnd();
  await world.wait(LONG);
  const outcomes = report ? await run.check(report) : ["refused"];
  if (report && outcomes.includes("unknown")) await run.settleLater(report);
  return { scenario, outcomes, met: world.met, handed: world.handed.length };
}

class Run {
  readonly #world: World;
  readonly #plan: RefundPlan;
  #journal = new Watched();
  #hasCrashed = false;

  constructor(world: World, plan: RefundPlan) {
    this.#world = world;
    this.#plan = plan;
    world.onHanded = async ({ orderId, signedFor, overlaps }) => {
      const text = await this.#journal.text();
      const ids = orderId === "" ? this.#plan.orders.map((order) => order.OrderId) : [orderId];
      for (const id of ids) {
        assert(
          plan.orders.some((order) => order.OrderId === id),
          "an order outside of the plan",
        );
        const intent = new RegExp(
          `"intent","[^"]*","${id}",.*"${signedFor}\\d\\d\\d"(,"whole")?\\]\n`,
        );
        assert.match(text, intent, "a request before its intent was kept");
      }
      assert(!overlaps, "a request while an earlier one was or may be carried out");
      if (this.#crashesAt("before the send")) await this.#crash();
    };
    world.onCarried = async () => {
      if (this.#crashesAt("after the send")) await this.#crash();
    };
    this.#journal.onAppend = async (bytes) => {
      if (!this.#crashesAt("before the intent is kept")) return bytes;
      const { torn = 0 } = this.#world.scenario.crash ?? {};
      this.#journal.keep(bytes.subarray(0, torn % bytes.length));
      return this.#crash();
    };
  }

  /** Runs it, and again after a crash, or where the service could not be read; nothing where the plan was refused. */
  async toTheEnd(): Promise<RefundReport | undefined> {
    for (let runs = 0; runs < 12; runs += 1) {
      const before = this.#world.handed.length;
      try {
        return await Promise.race([this.#refund(), this.#crashed]);
      } catch (error) {
        if (error === CRASH) {
          this.#journal = this.#journal.reopened();
          this.#crashed = new Promise((_, reject) => {
            this.#reject = reject;
          });
          continue;
        }
        if (error instanceof assert.AssertionError) throw error;
        assert.equal(this.#world.handed.length, before, `thrown though it was sent: ${error}`);
        if (error instanceof PlanChangedError) return undefined;
      }
    }
    throw new assert.AssertionError({ message: "no end in twelve runs" });
  }

  /** What is told is the ledger's. */
  async check(report: RefundReport): Promise<string[]> {
    const { scenario, handed } = this.#world;
    for (const { OrderId, outcome, check } of report.orders) {
      const refunds = await this.#world.refunds(OrderId);
      const sent = handed.filter(({ orderId }) => orderId === OrderId || orderId === "").length;
      const why = `${OrderId} ${outcome} ${check?.code ?? ""}, refunded ${refunds} times, sent ${sent} times`;
      assert(refunds <= 1 || scenario.returned === "sameId", why);
      assert(sent <= scenario.tries, why);
      if (outcome === "done") assert.equal(refunds, 1, why);
      const isOthers = OrderId === this.#world.refundedByOthers;
      if (outcome === "notDone" || (outcome === "notSent" && !isOthers)) {
        assert.equal(refunds, 0, why);
      }
      if (outcome === "notSent") assert.equal(sent, 0, why);
      if (outcome === "unknown") assert(this.#mayBeUnknown(check?.code ?? ""), why);
    }
    assert.equal(
      report.isDone,
      report.orders.every(({ outcome }) => outcome === "done"),
    );
    return report.orders.map(({ outcome }) => outcome);
  }

  /** Long after, the same journal tells what is known then, and sends nothing but what was not sent before. */
  async settleLater(before: RefundReport): Promise<void> {
    const { scenario, handed } = this.#world;
    const count = handed.length;
    scenario.hidesDate = false;
    scenario.tries = 1;
    scenario.reads = [];
    const report = await this.toTheEnd();
    assert(report, "what was begun is settled, though the plan changed");
    const { orders } = report;
    for (const { orderId } of handed.slice(count)) {
      const was = before.orders.find(({ OrderId }) => OrderId === orderId);
      assert.equal(was?.outcome, "notSent", `${orderId} is sent again`);
    }
    for (const { OrderId, outcome, check } of orders) {
      const refunds = await this.#world.refunds(OrderId);
      if (outcome === "done") assert(refunds > 0, OrderId);
      if (outcome === "notDone") assert.equal(refunds, 0, OrderId);
      const isNew = handed.slice(count).some(({ orderId }) => orderId === OrderId);
      if (outcome === "unknown" && !isNew) {
        assert.equal(scenario.returned, "sameId", `${OrderId} ${check?.code}`);
      }
    }
  }

  #mayBeUnknown(code: string): boolean {
    const { settle, hidesDate, returned } = this.#world.scenario;
    if (code === "StillOpen") return settle === "later";
    if (code === "Unread") return this.#world.refundedByOthers !== "" || settle === "later";
    if (code === "NoClock") {
      const { met } = this.#world;
      const hidden = (met.get("cached") ?? 0) + (met.get("no Date") ?? 0);
      return hidesDate || hidden >= (settle === "later" ? 1 : 3);
    }
    return (code === "ReusedId" || code === "Changed") && returned === "sameId";
  }

  #refund(): Promise<RefundReport> {
    const { scenario, now, wait } = this.#world;
    return refund(this.#world.client(), this.#plan, {
      journal: this.#journal,
      whole: scenario.whole,
      tries: scenario.tries,
      settle: scenario.settle,
      reusesIds: scenario.returned === "sameId",
      now,
      wait,
    });
  }

  #crashesAt(place: string): boolean {
    const { crash } = this.#world.scenario;
    return (
      !this.#hasCrashed &&
      crash?.at === place &&
      crash.send ===
        Math.max(0, this.#world.handed.length - (place === "before the intent is kept" ? 0 : 1))
    );
  }

  /** The process ends: whoever waited waits for ever. */
  #crash(): Promise<never> {
    this.#hasCrashed = true;
    this.#world.crash(`${this.#world.scenario.crash?.at}`);
    this.#reject(CRASH);
    return new Promise(() => {});
  }

  #reject: (why: unknown) => void = () => {};
  #crashed = new Promise<never>((_, reject) => {
    this.#reject = reject;
  });
}

const CRASH = Symbol("crash");

/** A journal in memory that a crash leaves as it is. */
class Watched implements Journal {
  #kept: Journal = memoryJournal();
  #bytes: Uint8Array[] = [];
  onAppend: (bytes: Uint8Array) => Promise<Uint8Array> = async (bytes) => bytes;

  read(): AsyncIterable<Uint8Array> {
    return this.#kept.read();
  }

  async append(bytes: Uint8Array): Promise<void> {
    this.keep(await this.onAppend(bytes));
  }

  keep(bytes: Uint8Array): void {
    this.#bytes.push(bytes.slice());
    void this.#kept.append(bytes);
  }

  async text(): Promise<string> {
    return Buffer.concat(this.#bytes).toString();
  }

  reopened(): Watched {
    const next = new Watched();
    next.onAppend = this.onAppend;
    for (const bytes of this.#bytes) next.keep(bytes);
    return next;
  }
}
