/** The form for a request that was refused elsewhere: what was sent, and by what it is judged. */

import { useEffect, useRef } from "preact/hooks";
import type { Credential, SandboxClock } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Field } from "../ui/field.tsx";
import { Panel } from "../ui/panel.tsx";
import { SecretField } from "../ui/secret-field.tsx";
import { TextArea } from "../ui/text-area.tsx";
import { readSeconds, utc } from "./time.ts";
import { type Pasted, useJudge } from "./use-judge.ts";
import { Verdict } from "./verdict.tsx";
import "../ui/form.css";
import "./judge-panel.css";

/** The paths by which problems name the fields. */
const PATHS: Partial<Record<keyof Pasted, string>> = { text: "subject", clock: "now" };

interface JudgePanelProps {
  /** That of the call, which is taken until another one is typed. */
  credential: Credential;
  /** The page's last request as a curl line. */
  lastSent: string | undefined;
  clock: SandboxClock;
}

export function JudgePanel({ credential, lastSent, clock }: JudgePanelProps) {
  const element = useRef<HTMLFormElement>(null);
  const verdict = useRef<HTMLDivElement>(null);
  const { values, judged, set, judge } = useJudge(credential, clock);
  const field = (name: keyof Pasted) => ({
    value: values[name],
    onInput: (value: string) => set(name, value),
    problem: judged?.problems.find(({ path }) => path === PATHS[name])?.message,
  });
  // Focus where something is to be corrected; else the verdict, which may be below the window.
  useEffect(() => {
    if (judged?.diagnosis) verdict.current?.scrollIntoView({ block: "nearest" });
    else element.current?.querySelector<HTMLElement>("[aria-invalid='true']")?.focus();
  }, [judged]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    void judge();
  };
  return (
    <div class="judge">
      <Panel
        title="A request that was refused?"
        lead="Paste it to see why: the signature is made again, with one known mistake after the other."
      >
        <div class="judge-sides">
          <form class="form" ref={element} onSubmit={submit} noValidate>
            <TextArea
              label="Request"
              rows={7}
              {...field("text")}
              hint="A curl line, a raw HTTP request, or an Authorization header alone. Line breaks become LF here, so a body with CR LF does not fit."
            />
            {lastSent && (
              <div class="judge-last">
                <Button onPress={() => set("text", lastSent)}>Paste the last call</Button>
                <span>With its live Authorization: it went only to the sandbox in this page.</span>
              </div>
            )}
            <fieldset>
              <legend>Judged by these; without a SecretKey, only by what can be seen</legend>
              <div class="form-pair">
                <Field label="SecretId" {...field("secretId")} />
                <SecretField label="SecretKey" {...field("secretKey")} />
              </div>
              <div class="form-pair">
                <Field
                  label="Service"
                  {...field("service")}
                  hint={values.service === "" && "Empty: as the host names it."}
                />
                <Field
                  label="Arrived, in seconds since 1970"
                  {...field("clock")}
                  inputMode="numeric"
                  hint={
                    values.clock === ""
                      ? "Empty: now, by the sandbox’s clock."
                      : utc(readSeconds(values.clock))
                  }
                />
              </div>
            </fieldset>
            <details>
              <summary>The sender’s own texts, if you have them</summary>
              <div class="judge-texts">
                <TextArea label="Its canonical request" rows={6} {...field("canonicalRequest")} />
                <TextArea label="Its string to sign" rows={4} {...field("stringToSign")} />
              </div>
            </details>
            <Button primary>Judge it</Button>
          </form>
          <div role="status" class="judge-verdict" ref={verdict}>
            {judged?.diagnosis ? (
              <Verdict diagnosis={judged.diagnosis} at={judged.at} />
            ) : (
              <p>Not judged yet.</p>
            )}
          </div>
        </div>
      </Panel>
    </div>
  );
}
