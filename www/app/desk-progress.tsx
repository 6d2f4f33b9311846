/** A refund while it is carried out: what was done so far, and what it waits for. */

import { useEffect, useRef } from "preact/hooks";
import type { Progress } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { OUTCOMES } from "./outcomes.ts";
import { distance, utc } from "./time.ts";
import type { Desk, Stage } from "./use-desk.ts";

interface DeskProgressProps {
  desk: Desk;
  stage: Extract<Stage, { at: "running" }>;
}

export function DeskProgress({ desk, stage: { steps, until } }: DeskProgressProps) {
  const element = useRef<HTMLDivElement>(null);
  // The button that was pressed is gone.
  useEffect(() => element.current?.focus(), []);
  return (
    <div class="desk-step" ref={element} tabIndex={-1}>
      <h3>The refund is carried out</h3>
      <div role="status">
        <ol class="desk-steps">
          {steps.map((step, at) => (
            <li key={at}>{said(step)}</li>
          ))}
        </ol>
      </div>
      {until !== undefined && (
        <Notice kind="warn">
          <strong>A request without an answer may still be carried out</strong>
          <span>
            A request is accepted for five minutes after it was signed: so long “not refunded” is
            not final, and nothing is sent again. The service is read again at{" "}
            {utc(Math.ceil(until / 1000))} by the sandbox’s clock.
          </span>
          <div class="desk-actions">
            <Button small onPress={() => void desk.passWait()}>
              Move the clock past it
            </Button>
            <Button small onPress={desk.stop}>
              Stop waiting
            </Button>
          </div>
        </Notice>
      )}
    </div>
  );
}

function said(step: Progress): string {
  if (step.kind === "settled") {
    return `Order ${step.order.OrderId}: ${OUTCOMES[step.order.outcome]}.`;
  }
  if (step.kind === "finished") return "";
  const orders = step.OrderIds.join(", ");
  switch (step.kind) {
    case "sending":
      return `Sending the refund of ${orders}.`;
    case "readBack":
      return `No answer for ${orders}: reading the service back.`;
    case "waiting":
      return `What became of ${orders} is not known yet: reading again in ${distance(step.ms / 1000)}.`;
  }
}
