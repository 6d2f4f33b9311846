/** What came back from the last call, and what it did; read out when it changes. */

import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";
import type { Exchange, Tc3Error } from "../api.ts";
import { CodeBlock } from "../ui/code-block.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { told } from "./orders.ts";
import { utc } from "./time.ts";
import type { Session } from "./use-session.ts";
import "./answer-panel.css";

/** What is known to have become of a call, for people. */
const OUTCOMES: Record<Tc3Error["outcome"], string> = {
  notSent: "nothing was sent",
  refused: "the service refused it, and did nothing",
  unknown: "it may have been done: look before repeating it",
  done: "it was done",
};

export function AnswerPanel({ session: { last, calls } }: { session: Session }) {
  const element = useRef<HTMLDivElement>(null);
  // Below a long form the answer to a refund would go unseen; a purchase shows in the table above it.
  useEffect(() => {
    if (last?.action === "RefundStorageService" && last.sent) {
      element.current?.scrollIntoView({ block: "nearest" });
    }
  }, [calls]);
  return (
    <Panel title="Answer">
      <div role="status" class="answer" ref={element}>
        {last ? <Answer key={calls} exchange={last} /> : <p>Nothing has been sent yet.</p>}
      </div>
    </Panel>
  );
}

function Answer({ exchange: { action, sent, answer, error, effects } }: { exchange: Exchange }) {
  return (
    <>
      {answer && (
        <Notice kind="good">
          <strong>{action} was done</strong>
        </Notice>
      )}
      {error && (
        <Notice kind="bad">
          <strong>
            {error.name}: {error.code}
          </strong>
          <span>{error.message}</span>
        </Notice>
      )}
      {effects.length > 0 && (
        <ul class="answer-effects">
          {effects.map((entry) => (
            <li key={`${entry.what} ${entry.orderId}`}>{told(entry)}</li>
          ))}
        </ul>
      )}
      <dl>
        {error && <Row name="What to do">{error.remedy}</Row>}
        {error && (
          <Row name="Outcome">
            <code>{error.outcome}</code>: {OUTCOMES[error.outcome]}
          </Row>
        )}
        <Row name="RequestId">
          <code>{answer?.RequestId ?? error?.requestId ?? "none: no answer came"}</code>
        </Row>
        {sent && (
          <Row name="Signed at">
            <code>{sent.timestamp}</code>, {utc(Number(sent.timestamp))}
          </Row>
        )}
        {sent && (
          <Row name="Authorization">
            <code>{sent.authorization}</code>
          </Row>
        )}
      </dl>
      {answer && (
        <details>
          <summary>The whole answer</summary>
          <CodeBlock name="Response" text={JSON.stringify(answer, null, 2)} />
        </details>
      )}
    </>
  );
}

function Row({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
