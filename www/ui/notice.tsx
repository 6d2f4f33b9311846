/** A sentence or two that must not be overlooked; its kind is told by words too, never by colour alone. */

import type { ComponentChildren } from "preact";
import "./notice.css";

interface NoticeProps {
  kind: "good" | "warn" | "bad";
  children: ComponentChildren;
}

export function Notice({ kind, children }: NoticeProps) {
  return <div class={`notice notice-${kind}`}>{children}</div>;
}
