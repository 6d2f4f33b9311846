/** What became of a refund: each order, what differs from the plan, and why it stopped. */

import { useEffect, useRef } from "preact/hooks";
import { type RefundReport, Tc3Error } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { explained, isLost, OUTCOMES } from "./outcomes.ts";
import type { Desk, Stage } from "./use-desk.ts";
import "./desk-result.css";

interface DeskResultProps {
  desk: Desk;
  stage: Extract<Stage, { at: "ended" }>;
}

export function DeskResult({ desk, stage: { report } }: DeskResultProps) {
  const { orders, differences, stopped } = report;
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    element.current?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const isNotDone = orders.some(({ outcome }) => outcome === "notDone");
  return (
    <div class="desk-step" ref={element} tabIndex={-1}>
      <h3>The result</h3>
      <div role="status">
        <Verdict report={report} />
      </div>
      <ul class="desk-result" aria-label="Result">
        {orders.map((order) => (
          <li key={order.OrderId}>
            <code>{order.OrderId}</code>
            <span class={`desk-outcome desk-outcome-${order.outcome}`}>
              {OUTCOMES[order.outcome]}
            </span>
            {isLost(order) && <span class="desk-outcome desk-outcome-lost">answer lost</span>}
            <p>{explained(order)}</p>
          </li>
        ))}
      </ul>
      {differences.length > 0 && (
        <Notice kind="warn">
          <strong>In this it came otherwise than planned</strong>
          {differences.map((difference) => (
            <span key={difference}>{difference}</span>
          ))}
        </Notice>
      )}
      {stopped instanceof Error && (
        <Notice kind="bad">
          <strong>It stopped before everything was sent</strong>
          <span>{stopped.message}</span>
          {Tc3Error.is(stopped) && <span>{stopped.remedy}</span>}
        </Notice>
      )}
      <div class="desk-actions">
        {!report.isDone && (
          <Button primary onPress={desk.goOn}>
            {isNotDone ? "Try once more" : "Go on with it"}
          </Button>
        )}
        <Button onPress={desk.leave}>Plan another one</Button>
      </div>
    </div>
  );
}

function Verdict({ report: { isDone, orders } }: { report: RefundReport }) {
  if (isDone) {
    return (
      <Notice kind="good">
        <strong>
          {orders.length === 1
            ? "The order is refunded"
            : `All ${orders.length} orders are refunded`}
        </strong>
      </Notice>
    );
  }
  if (orders.some(({ outcome }) => outcome === "unknown")) {
    return (
      <Notice kind="warn">
        <strong>What became of it is not known yet</strong>
        <span>Nothing is wrong so far: an answer is missing. Do not refund it another way.</span>
      </Notice>
    );
  }
  return (
    <Notice kind="bad">
      <strong>Not every order is refunded</strong>
    </Notice>
  );
}
