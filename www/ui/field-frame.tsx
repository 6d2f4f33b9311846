/** What every field has: its label, the problem that names it and a hint, all tied to its control. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./field.css";

export interface FrameProps {
  label: string;
  hint?: ComponentChildren;
  /** What is wrong with the value; nothing where it is right. */
  problem?: string | undefined;
}

/** The attributes by which a control belongs to its label, problem and hint. */
interface Tied {
  id: string;
  "aria-invalid": boolean;
  "aria-describedby"?: string;
}

interface FieldFrameProps extends FrameProps {
  control: (tied: Tied) => ComponentChildren;
}

export function FieldFrame({ label, hint, problem, control }: FieldFrameProps) {
  const id = useId();
  const described = [problem && `${id}-problem`, hint && `${id}-hint`].filter(Boolean).join(" ");
  const tied = { id, "aria-invalid": problem !== undefined };
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {control(described ? { ...tied, "aria-describedby": described } : tied)}
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
