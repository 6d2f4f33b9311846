/** When the request says it was signed: the sandbox's moving clock, or a number that stands still. */

import type { SandboxClock } from "../api.ts";
import { Choices } from "../ui/choices.tsx";
import { Field } from "../ui/field.tsx";
import { distance, utc } from "./time.ts";
import type { Form } from "./use-form.ts";
import { useSeconds } from "./use-seconds.ts";
import "./timestamp-field.css";

/** The service takes a timestamp this far from its own clock. */
const WINDOW_SECONDS = 300;

interface TimestampFieldProps {
  form: Form;
  clock: SandboxClock;
  value: string;
  onInput: (value: string) => void;
  problem: string | undefined;
}

export function TimestampField({ form, clock, value, onInput, problem }: TimestampFieldProps) {
  const now = useSeconds(clock);
  const { timestamp } = form.call;
  return (
    <fieldset class="timestamp">
      <legend>When it is signed</legend>
      <Choices
        chosen={form.fixed ? "fixed" : "moving"}
        choices={[
          { value: "moving", label: "Now, moving" },
          { value: "fixed", label: "Fixed" },
        ]}
        onChoose={(value) => form.setFixed(value === "fixed")}
      />
      <Field
        label="Timestamp, in seconds since 1970"
        value={form.fixed ? value : String(timestamp)}
        onInput={onInput}
        problem={problem}
        readOnly={!form.fixed}
        inputMode="numeric"
        hint={
          <>
            {utc(timestamp)} {form.fixed ? drift(timestamp - now) : "by the sandbox’s clock"}
          </>
        }
      />
    </fieldset>
  );
}

function drift(seconds: number) {
  if (!(Math.abs(seconds) > WINDOW_SECONDS)) return null;
  return (
    <strong class="timestamp-drift">
      — {distance(seconds)} {seconds < 0 ? "behind" : "ahead of"} the sandbox’s clock; the service
      takes five minutes at most.
    </strong>
  );
}
