/** A service's orders on one axis of time, and now across them; one that is valid can be chosen, or the whole service. */

import type { ComponentChildren } from "preact";
import { useId } from "preact/hooks";
import type { StorageOrder } from "../api.ts";
import { isValid, stateOf } from "./orders.ts";
import { utcDay } from "./time.ts";
import "./time-line.css";

interface TimeLineProps {
  orders: StorageOrder[];
  /** In seconds since 1970. */
  now: number;
  /** To where now would be moved, in seconds from now. */
  ahead: number;
  /** The OrderId; empty for the whole service. */
  chosen: string;
  /** Whether the choice cannot be changed. */
  isFixed: boolean;
  onChoose: (orderId: string) => void;
}

export function TimeLine({ orders, now, ahead, chosen, isFixed, onChoose }: TimeLineProps) {
  const group = useId();
  const from = Math.min(now, ...orders.map(({ StartTime }) => StartTime));
  const to = Math.max(now + ahead, ...orders.map(({ EndTime }) => EndTime));
  const along = (seconds: number) => `${((seconds - from) / (to - from)) * 100}%`;
  const radio = (orderId: string, name: ComponentChildren) => (
    <label>
      <input
        type="radio"
        name={group}
        checked={chosen === orderId}
        disabled={isFixed}
        onChange={() => onChoose(orderId)}
      />
      {name}
    </label>
  );
  const moments = (
    <>
      <i class="time-line-now" style={{ left: along(now) }} />
      {ahead > 0 && <i class="time-line-ahead" style={{ left: along(now + ahead) }} />}
    </>
  );
  return (
    <fieldset class="time-line">
      <legend>What is refunded</legend>
      <div class="time-line-row">
        {radio("", <span>The whole service: every order that is not over</span>)}
      </div>
      {orders.map((order) => {
        const { OrderId, Status, StartTime, EndTime } = order;
        const name = (
          <span>
            <code>{OrderId}</code>
            <small>
              {stateOf(order)}, <span>{utcDay(StartTime)}</span> <span>to {utcDay(EndTime)}</span>
            </small>
          </span>
        );
        const place = { left: along(StartTime), right: `calc(100% - ${along(EndTime)})` };
        return (
          <div key={OrderId} class="time-line-row">
            {isValid(order) ? radio(OrderId, name) : <div class="time-line-over">{name}</div>}
            <div class="time-line-track" aria-hidden="true">
              <b class={`time-line-bar time-line-bar-${Status}`} style={place} />
              {moments}
            </div>
          </div>
        );
      })}
      <div class="time-line-row time-line-axis" aria-hidden="true">
        <div class="time-line-track">
          <span>{utcDay(from)}</span>
          <span>{utcDay(to)}</span>
        </div>
      </div>
      <p class="time-line-key" aria-hidden="true">
        <i class="time-line-now" /> now
        {ahead > 0 && (
          <>
            <i class="time-line-ahead" /> where the clock is moved to
          </>
        )}
      </p>
    </fieldset>
  );
}
