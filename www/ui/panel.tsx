/** A region of the page with its heading. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./panel.css";

interface PanelProps {
  title: string;
  /** One sentence below the heading. */
  lead?: ComponentChildren;
  children: ComponentChildren;
}

export function Panel({ title, lead, children }: PanelProps) {
  const id = useId();
  return (
    <section class="panel" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {lead && <p class="panel-lead">{lead}</p>}
      {children}
    </section>
  );
}
