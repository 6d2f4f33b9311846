/** The refund desk: whose orders it shows, what was chosen, and how far a refund got. */

import { useEffect, useRef, useState } from "preact/hooks";
import type { Fault, Progress, RefundPlan, RefundReport, Service, StorageOrder } from "../api.ts";
import type { Session } from "./use-session.ts";

/** How far a refund got. */
export type Stage =
  | { at: "choosing"; failure?: Error }
  | {
      at: "planned";
      plan: RefundPlan;
      /** How many requests the journal may know for an order in the end. */
      tries: number;
      /** Begun before: then the same plan is carried on. */
      again?: "reloaded" | "unsettled" | "notDone";
    }
  | {
      at: "running";
      plan: RefundPlan;
      steps: Progress[];
      /** Until when it waits, by the sandbox's clock in milliseconds; absent while it does not. */
      until?: number;
    }
  | { at: "ended"; plan: RefundPlan; report: RefundReport };

export interface Desk {
  serviceId: string;
  orders: StorageOrder[];
  /** Why its orders are not shown. */
  problem?: string;
  /** The OrderId; empty for the whole service. */
  orderId: string;
  fault: Fault;
  stage: Stage;
  /** Shows a service's orders, with one chosen. */
  show(serviceId: string, orderId?: string): void;
  choose(orderId: string): void;
  setFault(fault: Fault): void;
  plan(): Promise<void>;
  carryOut(): Promise<void>;
  /** Back to the choice; what was planned is forgotten. */
  leave(): void;
  /** Carries the plan on, once it was confirmed again: one request more for each order that is not done. */
  goOn(): void;
  /** Moves the sandbox's clock to where the wait ends. */
  passWait(): Promise<void>;
  /** Waits no longer; done once nothing runs any more. */
  stop(): Promise<void>;
  /** Moves the sandbox's clock on, in milliseconds. */
  advance(ms: number): Promise<void>;
}

/** A service that somebody typed. */
interface Typed {
  serviceId: string;
  orders: StorageOrder[];
  problem?: string;
}

export function useDesk({ refunds, clock, orders }: Service, session: Session): Desk {
  const { begun } = refunds;
  const [serviceId, setServiceId] = useState(begun?.ServiceId ?? session.serviceId);
  const [orderId, setOrderId] = useState(begun?.OrderId ?? "");
  const [typed, setTyped] = useState<Typed>();
  const [fault, setFault] = useState<Fault>("none");
  const [stage, setStage] = useState<Stage>(
    begun ? { at: "planned", plan: begun, tries: 1, again: "reloaded" } : { at: "choosing" },
  );
  const running = useRef<{ controller: AbortController; ended: Promise<void> } | undefined>(
    undefined,
  );

  const read = async (asked: string) => {
    // What was bought last is read with everything else.
    if (asked === session.serviceId || asked === "") return;
    const about = { serviceId: asked, orders: [] };
    try {
      setTyped({ ...about, orders: await orders(asked) });
    } catch (error) {
      setTyped({ ...about, problem: (error as Error).message });
    }
  };
  useEffect(() => void read(serviceId), [serviceId, session.serviceId]);
  const refresh = () => Promise.all([session.refresh(), read(serviceId)]);

  const advance = async (ms: number) => {
    await session.advance(Math.max(0, Math.ceil(ms)));
    await read(serviceId);
  };

  const told = (progress: Progress) => {
    setStage((before) => {
      if (before.at !== "running") return before;
      const { until: _, ...rest } = before;
      const steps = [...before.steps, progress];
      if (progress.kind !== "waiting") return { ...rest, steps };
      return { ...rest, steps, until: clock.now() + progress.ms };
    });
    if (progress.kind === "settled") void refresh();
  };
  const carryOut = async (plan: RefundPlan, tries: number, signal: AbortSignal) => {
    setStage({ at: "running", plan, steps: [] });
    setFault("none");
    const how = { fault, tries, signal, onProgress: told };
    const next = await refunds.carryOut(plan, how).then(
      (report): Stage => ({ at: "ended", plan, report }),
      (failure): Stage => ({ at: "choosing", failure }),
    );
    // First, so that the time line agrees with the result.
    await refresh();
    setStage(next);
  };

  const shown =
    serviceId === session.serviceId
      ? { orders: session.orders }
      : typed?.serviceId === serviceId
        ? typed
        : { orders: [] };
  return {
    serviceId,
    orders: shown.orders,
    ...("problem" in shown && { problem: shown.problem }),
    orderId,
    fault,
    stage,
    show(next, chosen = "") {
      if (running.current) return;
      setServiceId(next);
      setOrderId(chosen);
      setStage({ at: "choosing" });
    },
    choose(next) {
      setOrderId(next);
      setStage({ at: "choosing" });
    },
    setFault,
    async plan() {
      const asked = stage;
      const target = { ServiceId: serviceId, ...(orderId !== "" && { OrderId: orderId }) };
      const next = await refunds.plan(target).then(
        (plan): Stage => ({ at: "planned", plan, tries: 1 }),
        (failure): Stage => ({ at: "choosing", failure }),
      );
      // Not over what was chosen meanwhile.
      setStage((now) => (now === asked ? next : now));
    },
    async carryOut() {
      if (stage.at !== "planned" || running.current) return;
      const controller = new AbortController();
      const ended = carryOut(stage.plan, stage.tries, controller.signal);
      running.current = { controller, ended };
      await ended;
      running.current = undefined;
    },
    leave: () => setStage({ at: "choosing" }),
    goOn() {
      if (stage.at !== "ended") return;
      const { plan, report } = stage;
      const notDone = report.orders.filter(({ outcome }) => outcome === "notDone");
      // What is on its way counts once; what did nothing may be sent once more.
      const tries = 1 + Math.max(0, ...notDone.map((order) => order.tries));
      setStage({ at: "planned", plan, tries, again: notDone.length > 0 ? "notDone" : "unsettled" });
    },
    async stop() {
      running.current?.controller.abort(new Error("it was stopped here"));
      await running.current?.ended;
    },
    advance,
    async passWait() {
      if (stage.at === "running" && stage.until) await advance(stage.until - clock.now());
    },
  };
}
