/** The orders of a service in their order of time; one that is valid can be chosen for the refund. */

import type { StorageOrder } from "../api.ts";
import { Button } from "../ui/button.tsx";
import { isValid, stateOf } from "./orders.ts";
import { utcDay } from "./time.ts";
import "./orders-table.css";

interface OrdersTableProps {
  serviceId: string;
  orders: StorageOrder[];
  chosen: string;
  onChoose: (orderId: string) => void;
}

export function OrdersTable({ serviceId, orders, chosen, onChoose }: OrdersTableProps) {
  return (
    <table class="orders">
      <caption>
        Service <code>{serviceId}</code>
      </caption>
      <thead>
        <tr>
          <th scope="col">Order</th>
          <th scope="col">State</th>
          <th scope="col">Refund</th>
        </tr>
      </thead>
      <tbody>
        {orders.map((order) => (
          <tr key={order.OrderId} class={isValid(order) ? "" : "orders-ended"}>
            <th scope="row">
              <code>{order.OrderId}</code>
              <small>
                <span>{utcDay(order.StartTime)}</span> <span>to {utcDay(order.EndTime)}</span>
              </small>
            </th>
            <td>
              <span class={`orders-state orders-state-${order.Status}`}>{stateOf(order)}</span>
            </td>
            <td>
              {isValid(order) &&
                (order.OrderId === chosen ? (
                  <span class="orders-chosen">chosen</span>
                ) : (
                  <Button
                    small
                    label={`Choose order ${order.OrderId}`}
                    onPress={() => onChoose(order.OrderId)}
                  >
                    Choose
                  </Button>
                ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
