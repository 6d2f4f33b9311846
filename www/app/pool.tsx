/** The pool: paid orders that wait for a later purchase. */

import type { PooledOrder } from "../api.ts";
import { number } from "./orders.ts";
import "./pool.css";

export function Pool({ pool }: { pool: PooledOrder[] }) {
  return (
    <div class="pool">
      <h3>Pool: {number(pool.length, "paid order")} waiting</h3>
      {pool.length > 0 && (
        <ul aria-label="Pool">
          {pool.map(({ orderId, pkgId }) => (
            <li key={orderId}>
              <code>{orderId}</code> <span>{pkgId}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
