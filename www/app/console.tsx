/** The regions of the page, and what they share: the form, the clock, the sandbox's state. */

import type { Service, Standing } from "../api.ts";
import { AnswerPanel } from "./answer-panel.tsx";
import { CallForm } from "./call-form.tsx";
import { JudgePanel } from "./judge-panel.tsx";
import { RefundDesk } from "./refund-desk.tsx";
import { SandboxPanel } from "./sandbox-panel.tsx";
import { SignaturePanel } from "./signature-panel.tsx";
import { useDesk } from "./use-desk.ts";
import { useForm } from "./use-form.ts";
import { useSession } from "./use-session.ts";
import { useSigned } from "./use-signed.ts";

interface ConsoleProps {
  service: Service;
  /** What the sandbox holds at first. */
  found: Standing;
}

export function Console({ service, found }: ConsoleProps) {
  const { clock } = service;
  const form = useForm(found.serviceId, clock);
  const session = useSession(service, found);
  const desk = useDesk(service, session);
  const signed = useSigned(form.call);

  const choose = (serviceId: string, orderId: string) => {
    form.choose(serviceId, orderId);
    desk.show(serviceId, orderId);
  };
  const buy = async () => {
    const serviceId = await session.buy();
    if (serviceId) choose(serviceId, "");
  };
  const send = () => {
    form.touchAll();
    void session.refund(form.call);
  };
  const startAgain = async () => {
    await desk.stop();
    // Before the desk is emptied: who is told to buy orders can buy them.
    await session.startAgain();
    choose("", "");
  };
  return (
    <>
      <div class="columns columns-desk">
        <SandboxPanel
          session={session}
          chosen={form.values.orderId}
          onBuy={buy}
          onChoose={(orderId) => choose(session.serviceId, orderId)}
          onStartAgain={startAgain}
        />
        <RefundDesk
          desk={desk}
          pool={session.pool}
          clock={clock}
          notKept={service.notKept ? undefined : service.refunds.notKept}
        />
      </div>
      <div class="columns">
        <div class="column">
          <CallForm
            form={form}
            problems={signed.problems}
            session={session}
            clock={clock}
            onSend={send}
          />
          <AnswerPanel session={session} />
        </div>
        <div class="column">
          <SignaturePanel signed={signed} />
        </div>
        <JudgePanel credential={form.call.credential} lastSent={session.lastSent} clock={clock} />
      </div>
    </>
  );
}
