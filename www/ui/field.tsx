/** A labelled line of text, with a hint, and with the problem that names it. */

import type { ComponentChildren } from "preact";
import { FieldFrame, type FrameProps } from "./field-frame.tsx";

interface FieldProps extends FrameProps {
  value: string;
  onInput: (value: string) => void;
  /** Whether the value is written in dots. */
  hidden?: boolean;
  inputMode?: "text" | "numeric";
  readOnly?: boolean;
  /** Values to choose from; others may be typed. */
  choices?: { value: string; label: string }[];
  /** A control behind the input. */
  action?: ComponentChildren;
}

export function Field(props: FieldProps) {
  const { label, hint, problem, value, onInput, hidden, choices, action } = props;
  const shown = (id: string) =>
    choices ? ({ type: "text", list: `${id}-choices` } as const) : ({ type: "text" } as const);
  return (
    <FieldFrame
      label={label}
      hint={hint}
      problem={problem}
      control={(tied) => (
        <>
          <div class="field-line">
            <input
              {...tied}
              value={value}
              onInput={(event) => onInput(event.currentTarget.value)}
              readOnly={props.readOnly ?? false}
              inputMode={props.inputMode ?? "text"}
              autocomplete="off"
              autocapitalize="off"
              spellcheck={false}
              {...(hidden ? ({ type: "password" } as const) : shown(tied.id))}
            />
            {action}
          </div>
          {choices && (
            <datalist id={`${tied.id}-choices`}>
              {choices.map((choice) => (
                <option key={choice.value} value={choice.value} label={choice.label} />
              ))}
            </datalist>
          )}
        </>
      )}
    />
  );
}
