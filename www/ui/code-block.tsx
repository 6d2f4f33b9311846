/** A text shown exactly, under its name; where asked, each line break has a mark that is not part of the text. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import "./code-block.css";

interface CodeBlockProps {
  name: string;
  text: string;
  /** What it is, in one sentence. */
  about?: ComponentChildren;
  /** Whether line breaks count, as they do in what is hashed. */
  showBreaks?: boolean;
}

export function CodeBlock({ name, text, about, showBreaks = false }: CodeBlockProps) {
  const id = useId();
  return (
    <figure class="code-block" aria-labelledby={id}>
      <figcaption>
        <h3 id={id}>{name}</h3>
        {about && <p>{about}</p>}
      </figcaption>
      <pre>{showBreaks ? marked(text) : text}</pre>
    </figure>
  );
}

function marked(text: string): ComponentChildren {
  const lines = text.split("\n");
  const last = lines.pop();
  return [...lines.flatMap((line) => [<span class="code-line">{line}</span>, "\n"]), last];
}
