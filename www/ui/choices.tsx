/** A few choices in a row, of which one is taken; the fieldset around them names what is chosen. */

import { useId } from "preact/hooks";
import "./choices.css";

interface ChoicesProps<Value extends string> {
  chosen: Value;
  choices: { value: Value; label: string }[];
  onChoose: (value: Value) => void;
}

export function Choices<Value extends string>(props: ChoicesProps<Value>) {
  const group = useId();
  const { chosen, choices, onChoose } = props;
  return (
    <div class="choices">
      {choices.map(({ value, label }) => (
        <label key={value}>
          <input
            type="radio"
            name={group}
            checked={value === chosen}
            onChange={() => onChoose(value)}
          />
          {label}
        </label>
      ))}
    </div>
  );
}
