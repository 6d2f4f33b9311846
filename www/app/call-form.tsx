/** The form for `RefundStorageService`: who signs, what is refunded, and when it is signed. */

import { useRef } from "preact/hooks";
import type { Problem, SandboxClock } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { SecretField } from "../ui/secret-field.tsx";
import { consequence, isValid, stateOf } from "./orders.ts";
import { TimestampField } from "./timestamp-field.tsx";
import type { Form, Name } from "./use-form.ts";
import type { Session } from "./use-session.ts";
import "../ui/form.css";
import "./call-form.css";

/** The paths by which problems name the fields. */
const PATHS: Record<Name, string> = {
  secretId: "credential.secretId",
  secretKey: "credential.secretKey",
  region: "region",
  serviceId: "ServiceId",
  orderId: "OrderId",
  timestamp: "timestamp",
};

interface CallFormProps {
  form: Form;
  problems: Problem[];
  session: Session;
  clock: SandboxClock;
  onSend: () => void;
}

export function CallForm({ form, problems, session, clock, onSend }: CallFormProps) {
  const element = useRef<HTMLFormElement>(null);
  const { values, touched } = form;
  const field = (name: Name) => ({
    value: values[name],
    onInput: (value: string) => form.set(name, value),
    problem: touched.has(name)
      ? problems.find(({ path }) => path === PATHS[name])?.message
      : undefined,
  });
  const known = values.serviceId !== "" && values.serviceId === session.serviceId;
  const orders = known ? session.orders : [];
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    onSend();
    // After the problems are on the page, so that what is read out is the field's.
    requestAnimationFrame(() => {
      element.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
    });
  };
  return (
    <Panel
      title="Refund"
      lead={
        <>
          <code>RefundStorageService</code>: orders that have not started return to the pool,
          started ones become void.
        </>
      }
    >
      <form class="form" ref={element} onSubmit={send} noValidate>
        <fieldset>
          <legend>Who signs: the sandbox’s invented key, which opens nothing else</legend>
          <div class="form-pair">
            <Field label="SecretId" {...field("secretId")} />
            <SecretField label="SecretKey" {...field("secretKey")} />
          </div>
        </fieldset>
        <fieldset>
          <legend>What is refunded</legend>
          <div class="form-pair call-uneven">
            <Field label="Region" {...field("region")} />
            <Field
              label="ServiceId"
              {...field("serviceId")}
              hint={values.serviceId === "" && "Buy three orders above to get one."}
            />
          </div>
          <Field
            label="OrderId"
            {...field("orderId")}
            hint="Choose one, or type it; empty refunds the whole service."
            choices={orders
              .filter(isValid)
              .map((order) => ({ value: order.OrderId, label: stateOf(order) }))}
          />
          {values.orderId === "" && (
            <Notice kind="warn">
              <strong>An empty OrderId refunds every order of the service</strong>
              <span>
                {known ? consequence(orders) : "Started orders become void: nobody gets them back."}
              </span>
            </Notice>
          )}
        </fieldset>
        <TimestampField form={form} clock={clock} {...field("timestamp")} />
        <Button primary>Sign and send to the sandbox</Button>
      </form>
    </Panel>
  );
}
