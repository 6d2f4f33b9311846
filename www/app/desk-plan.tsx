/** A refund's plan, drawn and in words, and the ServiceId that confirms it. */

import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { describePlan, type Fault, planSvg, type RefundPlan } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Choices } from "../ui/choices.tsx";
import { CodeBlock } from "../ui/code-block.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import type { Desk, Stage } from "./use-desk.ts";
import "./desk-plan.css";

const FAULTS: { value: Fault; label: string }[] = [
  { value: "none", label: "Answered" },
  { value: "answerLost", label: "Carried out, answer lost" },
  { value: "neverArrives", label: "Never arrives" },
];

const AGAIN = {
  reloaded: "This page was closed during a refund",
  unsettled: "This refund is carried on",
  notDone: "One more request is sent for what was not done",
};

interface DeskPlanProps {
  desk: Desk;
  stage: Extract<Stage, { at: "planned" }>;
}

export function DeskPlan({ desk, stage: { plan, again } }: DeskPlanProps) {
  const element = useRef<HTMLDivElement>(null);
  const [typed, setTyped] = useState("");
  const isConfirmed = typed.trim() === plan.ServiceId;
  useEffect(() => {
    // After a reload nobody has asked for it just now.
    if (again === "reloaded") return;
    element.current?.querySelector("input")?.focus({ preventScroll: true });
    element.current?.scrollIntoView({ block: "nearest" });
  }, []);
  const refund = (event: SubmitEvent) => {
    event.preventDefault();
    if (isConfirmed) void desk.carryOut();
  };
  return (
    <div class="desk-step" ref={element}>
      <h3>The plan</h3>
      {again && (
        <Notice kind="warn">
          <strong>{AGAIN[again]}</strong>
          <span>
            Confirm its plan again: what was begun is read back first, and nothing is sent twice
            that may have been accepted.
          </span>
        </Notice>
      )}
      <Drawn plan={plan} />
      <CodeBlock name="In words" text={describePlan(plan)} />
      <form class="form" onSubmit={refund} noValidate>
        <Field
          label="Type the ServiceId to confirm"
          value={typed}
          onInput={setTyped}
          hint={
            <>
              It is <code>{plan.ServiceId}</code>
            </>
          }
        />
        <fieldset>
          <legend>To try it: what becomes of the next request</legend>
          <Choices chosen={desk.fault} choices={FAULTS} onChoose={desk.setFault} />
        </fieldset>
        <div class="desk-actions">
          <Button primary disabled={!isConfirmed}>
            Refund
          </Button>
          <Button onPress={desk.leave}>Leave it</Button>
        </div>
      </form>
    </div>
  );
}

/** The picture, as wide as its place. */
function Drawn({ plan }: { plan: RefundPlan }) {
  const element = useRef<HTMLElement>(null);
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => setWidth(element.current?.clientWidth ?? 0), []);
  return (
    <figure class="desk-drawn" ref={element} aria-label="The plan, drawn">
      {width > 0 && <div dangerouslySetInnerHTML={{ __html: planSvg(plan, { width }) }} />}
    </figure>
  );
}
