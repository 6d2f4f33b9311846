/** A field whose value is hidden until it is asked for. */

import { useState } from "preact/hooks";
import { Button } from "./button.tsx";
import { Field } from "./field.tsx";

interface SecretFieldProps {
  label: string;
  value: string;
  onInput: (value: string) => void;
  problem?: string | undefined;
}

export function SecretField(props: SecretFieldProps) {
  const [shown, setShown] = useState(false);
  return (
    <Field
      {...props}
      hidden={!shown}
      action={
        <Button
          label={`${shown ? "Hide" : "Show"} the ${props.label}`}
          onPress={() => setShown(!shown)}
        >
          {shown ? "Hide" : "Show"}
        </Button>
      }
    />
  );
}
