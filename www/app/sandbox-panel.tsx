/** The sandbox as it stands: what was bought for the device, and everything that happened. */

import { DEVICE, ORDERS_AT_ONCE } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { Notice } from "../ui/notice.tsx";
import { Panel } from "../ui/panel.tsx";
import { number, told } from "./orders.ts";
import { OrdersTable } from "./orders-table.tsx";
import { StartAgain } from "./start-again.tsx";
import type { Session } from "./use-session.ts";
import "./sandbox-panel.css";

interface SandboxPanelProps {
  session: Session;
  /** The OrderId in the form. */
  chosen: string;
  onBuy: () => void;
  onChoose: (orderId: string) => void;
  onStartAgain: () => void;
}

export function SandboxPanel(props: SandboxPanelProps) {
  const { session, chosen, onBuy, onChoose, onStartAgain } = props;
  const { serviceId, orders, ledger, stopped } = session;
  return (
    <Panel
      title="Sandbox"
      lead={
        <>
          IoT Video 2019-11-26, offline in this page. Device <code>{DEVICE.Tid}</code>, package{" "}
          <code>{DEVICE.PkgId}</code> (a month of recording).
        </>
      }
    >
      {stopped && (
        <Notice kind="bad">
          <strong>The sandbox has stopped</strong>
          <span>{stopped}</span>
          <span>Reload the page to go on from what is kept.</span>
        </Notice>
      )}
      <div class="sandbox-buy">
        <Button onPress={onBuy} primary={serviceId === ""}>
          {serviceId === "" ? "Buy three orders" : "Buy again"}
        </Button>
        <span>
          <code>CreateStorageService</code>, OrderCount {ORDERS_AT_ONCE}; paid orders in the pool
          are used first.
        </span>
      </div>
      {serviceId !== "" && (
        <OrdersTable serviceId={serviceId} orders={orders} chosen={chosen} onChoose={onChoose} />
      )}
      {ledger.length > 0 && (
        <details class="sandbox-ledger">
          <summary>Ledger: {number(ledger.length, "line")}</summary>
          <ol>
            {ledger.map((entry) => (
              <li key={`${entry.atMs} ${entry.requestId} ${entry.what} ${entry.orderId}`}>
                {told(entry)}
              </li>
            ))}
          </ol>
        </details>
      )}
      {ledger.length > 0 && <StartAgain onConfirm={onStartAgain} />}
    </Panel>
  );
}
