/** A labelled text of several lines. */

import { FieldFrame, type FrameProps } from "./field-frame.tsx";

interface TextAreaProps extends FrameProps {
  value: string;
  onInput: (value: string) => void;
  rows: number;
}

export function TextArea({ value, onInput, rows, ...frame }: TextAreaProps) {
  return (
    <FieldFrame
      {...frame}
      control={(tied) => (
        <textarea
          {...tied}
          value={value}
          onInput={(event) => onInput(event.currentTarget.value)}
          rows={rows}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
        />
      )}
    />
  );
}
