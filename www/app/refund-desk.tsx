/** The refund desk: a service's orders on a time line, the sandbox's clock, and one refund from its plan to its result. */

import { useEffect, useState } from "preact/hooks";
import { type PooledOrder, type SandboxClock, Tc3Error } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { ClockSlider } from "./clock-slider.tsx";
import { DeskPlan } from "./desk-plan.tsx";
import { DeskProgress } from "./desk-progress.tsx";
import { DeskResult } from "./desk-result.tsx";
import { Pool } from "./pool.tsx";
import { TimeLine } from "./time-line.tsx";
import type { Desk } from "./use-desk.ts";
import { useSeconds } from "./use-seconds.ts";
import "../ui/form.css";
import "./refund-desk.css";

interface RefundDeskProps {
  desk: Desk;
  pool: PooledOrder[];
  clock: SandboxClock;
  /** Why its journal does not outlive the page. */
  notKept: string | undefined;
}

export function RefundDesk({ desk, pool, clock, notKept }: RefundDeskProps) {
  const { serviceId, orders, problem, orderId, stage } = desk;
  const now = useSeconds(clock);
  /** Where the slider is held, in seconds ahead. */
  const [ahead, setAhead] = useState(0);
  const isRunning = stage.at === "running";
  return (
    <Panel
      title="Refund desk"
      lead="A refund is planned and drawn, confirmed, and sent once for each order. An answer that is lost is read back."
    >
      <ServiceChoice
        serviceId={serviceId}
        problem={problem}
        isFixed={isRunning}
        onShow={desk.show}
      />
      <div class="desk-sides">
        {orders.length > 0 ? (
          <TimeLine
            orders={orders}
            now={now}
            ahead={ahead}
            chosen={orderId}
            isFixed={isRunning}
            onChoose={desk.choose}
          />
        ) : (
          <p class="desk-empty">
            {serviceId === "" && "Buy three orders to see them on a time line here."}
          </p>
        )}
        <Pool pool={pool} />
      </div>
      <ClockSlider now={now} ahead={ahead} onMove={setAhead} onSet={desk.advance} />
      {orders.length > 0 && stage.at === "choosing" && (
        <div>
          <Button primary onPress={() => void desk.plan()}>
            Plan a refund
          </Button>
        </div>
      )}
      {stage.at === "choosing" && stage.failure && <NothingSent failure={stage.failure} />}
      {stage.at === "planned" && <DeskPlan key={stage.plan.drawnAt} desk={desk} stage={stage} />}
      {stage.at === "running" && <DeskProgress desk={desk} stage={stage} />}
      {stage.at === "ended" && <DeskResult desk={desk} stage={stage} />}
      {notKept !== undefined && (
        <Notice kind="warn">
          <strong>What is sent from here is not kept</strong>
          <span>
            The journal is in memory only: {notKept}. When the page is closed during a refund,
            nothing remembers it.
          </span>
        </Notice>
      )}
    </Panel>
  );
}

interface ServiceChoiceProps {
  serviceId: string;
  problem: string | undefined;
  isFixed: boolean;
  onShow: (serviceId: string) => void;
}

/** Whose orders are shown: what was bought last, until another ServiceId is typed. */
function ServiceChoice({ serviceId, problem, isFixed, onShow }: ServiceChoiceProps) {
  const [typed, setTyped] = useState(serviceId);
  useEffect(() => setTyped(serviceId), [serviceId]);
  const show = (event: SubmitEvent) => {
    event.preventDefault();
    onShow(typed.trim());
  };
  return (
    <form onSubmit={show} noValidate>
      <Field
        label="ServiceId"
        value={typed}
        onInput={setTyped}
        problem={problem}
        action={<Button disabled={isFixed}>Show</Button>}
      />
    </form>
  );
}

function NothingSent({ failure }: { failure: Error }) {
  // What to do about problems is said to who writes code.
  const remedy = Tc3Error.is(failure) && !("problems" in failure) && failure.remedy;
  return (
    <div role="alert">
      <Notice kind="bad">
        <strong>Nothing was sent</strong>
        <span>{failure.message}</span>
        {remedy && <span>{remedy}</span>}
      </Notice>
    </div>
  );
}
