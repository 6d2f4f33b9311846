/** The regions of the page, and what they share: the form, the clock, the sandbox's state. */

import type { Service, Standing } from "../api.ts";
import { AnswerPanel } from "./answer-panel.tsx";
import { CallForm } from "./call-form.tsx";
import { JudgePanel } from "./judge-panel.tsx";
import { SandboxPanel } from "./sandbox-panel.tsx";
import { SignaturePanel } from "./signature-panel.tsx";
import { useForm } from "./use-form.ts";
import { useSession } from "./use-session.ts";
import { useSigned } from "./use-signed.ts";

interface ConsoleProps {
  service: Service;
  /** What the sandbox holds at first. */
  found: Standing;
}

export function Console({ service, found }: ConsoleProps) {
  const form = useForm(found.serviceId);
  const session = useSession(service, found);
  const signed = useSigned(form.call);

  const buy = async () => {
    const serviceId = await session.buy();
    if (serviceId) form.choose(serviceId, "");
  };
  const send = () => {
    form.touchAll();
    void session.refund(form.call);
  };
  const startAgain = async () => {
    await session.startAgain();
    form.choose("", "");
  };
  return (
    <div class="columns">
      <div class="column">
        <SandboxPanel
          session={session}
          chosen={form.values.orderId}
          onBuy={buy}
          onChoose={(orderId) => form.choose(session.serviceId, orderId)}
          onStartAgain={startAgain}
        />
        <CallForm form={form} problems={signed.problems} session={session} onSend={send} />
        <AnswerPanel session={session} />
      </div>
      <div class="column">
        <SignaturePanel signed={signed} />
      </div>
      <JudgePanel credential={form.call.credential} lastSent={session.lastSent} />
    </div>
  );
}
