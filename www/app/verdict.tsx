/** A diagnosis for people: the verdict in words, the causes by rank, the first line that differs. */

import type { Cause, Diagnosis, Verification } from "../api.ts";
import { Notice } from "../ui/notice.tsx";
import { Difference } from "./difference.tsx";
import { number } from "./orders.ts";
import { utc } from "./time.ts";
import "./verdict.css";

interface VerdictProps {
  diagnosis: Diagnosis;
  /** The clock by which it was judged, in seconds since 1970. */
  at: number;
}

export function Verdict({ diagnosis: { causes, difference, verification }, at }: VerdictProps) {
  return (
    <div class="verdict">
      {verification ? (
        <Checked verification={verification} others={causes.length > 0} at={at} />
      ) : (
        <Notice kind="warn">
          <strong>The signature was not checked</strong>
          <span>That takes a whole request and the key that should have signed it.</span>
        </Notice>
      )}
      {causes.length > 0 && (
        <ol class="verdict-causes" aria-label="Causes">
          {causes.map((cause) => (
            <CauseItem key={cause.cause} {...cause} />
          ))}
        </ol>
      )}
      {difference && <Difference {...difference} />}
    </div>
  );
}

interface CheckedProps {
  verification: Verification;
  /** Whether anything else is wrong. */
  others: boolean;
  at: number;
}

function Checked({ verification: { ok, problems, unsignedPayload }, others, at }: CheckedProps) {
  return (
    <Notice kind={ok ? (others ? "warn" : "good") : "bad"}>
      <strong>
        {ok
          ? `The signature is right${others ? ", but something else is wrong" : ""}`
          : `${number(problems.length, "check")} failed`}
      </strong>
      {problems.map(({ check, message }) => (
        <span key={check}>
          <code>{check}</code>: {message}
        </span>
      ))}
      {ok && unsignedPayload && <span>It leaves the body out: anybody may have changed it.</span>}
      <span>Judged as of {utc(at)}, with the key given here.</span>
    </Notice>
  );
}

function CauseItem({ certain, message, remedy }: Cause) {
  return (
    <li>
      <p>
        <strong class={certain ? "verdict-certain" : "verdict-likely"}>
          {certain ? "Certain" : "Likely"}
        </strong>{" "}
        {message}
      </p>
      <p class="verdict-remedy">{remedy}</p>
    </li>
  );
}
