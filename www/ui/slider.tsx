/** A labelled slider: `onInput` tells where it is, `onSet` where it was left. */

import { FieldFrame, type FrameProps } from "./field-frame.tsx";
import "./slider.css";

interface SliderProps extends FrameProps {
  value: number;
  most: number;
  /** What the value means, for who cannot see it. */
  text: string;
  onInput: (value: number) => void;
  onSet: (value: number) => void;
}

export function Slider({ value, most, text, onInput, onSet, ...frame }: SliderProps) {
  return (
    <FieldFrame
      {...frame}
      control={(tied) => (
        <input
          {...tied}
          class="slider"
          type="range"
          min={0}
          max={most}
          value={value}
          aria-valuetext={text}
          onInput={(event) => onInput(event.currentTarget.valueAsNumber)}
          onChange={(event) => onSet(event.currentTarget.valueAsNumber)}
        />
      )}
    />
  );
}
