/** A labelled line of text, with a hint, and with the problem that names it. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./field.css";

interface FieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  hint?: ComponentChildren;
  /** What is wrong with the value; nothing where it is right. */
  problem?: string | undefined;
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
  const { label, value, onInput, hint, problem, hidden, choices, action } = props;
  const id = useId();
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const list = `${id}-choices`;
  const shown = choices ? ({ type: "text", list } as const) : ({ type: "text" } as const);
  const kind = hidden ? ({ type: "password" } as const) : shown;
  return (
    <div class="field">
      <label for={id}>{label}</label>
      <div class="field-line">
        <input
          id={id}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          readOnly={props.readOnly ?? false}
          inputMode={props.inputMode ?? "text"}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          aria-invalid={problem !== undefined}
          {...(described ? { "aria-describedby": described } : {})}
          {...kind}
        />
        {action}
      </div>
      {choices && (
        <datalist id={list}>
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value} label={choice.label} />
          ))}
        </datalist>
      )}
      {problem && (
        <p id={`${id}-problem`} class="field-problem">
          {problem}
        </p>
      )}
      {hint && (
        <p id={`${id}-hint`} class="field-hint">
          {hint}
        </p>
      )}
    </div>
  );
}
