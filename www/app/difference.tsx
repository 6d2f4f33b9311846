/** The first line that differs: the sender's above the expected one, letter below letter. */

import { useId } from "preact/hooks";
import type { Diagnosis } from "../api.ts";
import "./difference.css";

type DifferenceProps = NonNullable<Diagnosis["difference"]>;

const TEXTS: Record<DifferenceProps["text"], string> = {
  canonicalRequest: "canonical request",
  stringToSign: "string to sign",
};

export function Difference({ text, line, name, sender, expected }: DifferenceProps) {
  const id = useId();
  const at = firstDifference(sender, expected);
  return (
    <figure class="difference" aria-labelledby={id}>
      <figcaption id={id}>
        First line that differs: line {line} of the {TEXTS[text]}, {name}
      </figcaption>
      <dl>
        <Line whose="Sender" text={sender} at={at} />
        <Line whose="Expected" text={expected} at={at} />
      </dl>
    </figure>
  );
}

function Line({ whose, text, at }: { whose: string; text: string; at: number }) {
  const [before, after] = [text.slice(0, at), text.slice(at)];
  return (
    <div>
      <dt>{whose}</dt>
      <dd>
        {text === "" ? (
          <em>nothing</em>
        ) : (
          <code>
            {before}
            {after && <mark>{after}</mark>}
          </code>
        )}
      </dd>
    </div>
  );
}

/** Where two texts part; the length of both where they are the same. */
function firstDifference(one: string, other: string): number {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return at;
}
