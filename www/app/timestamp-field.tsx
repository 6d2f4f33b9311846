/** When the request says it was signed: the moving clock, or a number that stands still. */

import { useId } from "preact/hooks";
import { Field } from "../ui/field.tsx";
import { distance, utc } from "./time.ts";
import type { Form } from "./use-form.ts";
import { useSeconds } from "./use-seconds.ts";
import "./timestamp-field.css";

/** The service takes a timestamp this far from its own clock. */
const WINDOW_SECONDS = 300;

interface TimestampFieldProps {
  form: Form;
  value: string;
  onInput: (value: string) => void;
  problem: string | undefined;
}

export function TimestampField({ form, value, onInput, problem }: TimestampFieldProps) {
  const group = useId();
  const now = useSeconds(true);
  const { timestamp } = form.call;
  const choice = (fixed: boolean, text: string) => (
    <label>
      <input
        type="radio"
        name={group}
        checked={form.fixed === fixed}
        onChange={() => form.setFixed(fixed)}
      />
      {text}
    </label>
  );
  return (
    <fieldset class="timestamp">
      <legend>When it is signed</legend>
      <div class="timestamp-choices">
        {choice(false, "Now, moving")}
        {choice(true, "Fixed")}
      </div>
      <Field
        label="Timestamp, in seconds since 1970"
        value={form.fixed ? value : String(timestamp)}
        onInput={onInput}
        problem={problem}
        readOnly={!form.fixed}
        inputMode="numeric"
        hint={
          <>
            {utc(timestamp)} {form.fixed && drift(timestamp - now)}
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
      — {distance(seconds)} {seconds < 0 ? "behind" : "ahead of"} this clock; the service takes five
      minutes at most.
    </strong>
  );
}
