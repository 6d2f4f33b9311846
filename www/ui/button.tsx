/** A button; the primary one of a form submits it. */

import type { ComponentChildren } from "preact";
import "./button.css";

interface ButtonProps {
  children: ComponentChildren;
  /** Without it, the button submits its form. */
  onPress?: () => void;
  primary?: boolean;
  small?: boolean;
  disabled?: boolean;
  /** Its name, where the text alone would not tell what it is for. */
  label?: string;
}

export function Button({
  children,
  onPress,
  primary,
  small,
  disabled = false,
  label,
}: ButtonProps) {
  const looks = ["button", primary && "button-primary", small && "button-small"];
  return (
    <button
      type={onPress ? "button" : "submit"}
      class={looks.filter(Boolean).join(" ")}
      disabled={disabled}
      {...(onPress ? { onClick: onPress } : {})}
      {...(label ? { "aria-label": label } : {})}
    >
      {children}
    </button>
  );
}
