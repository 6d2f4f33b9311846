/** What a refund's plan holds: plain data. */

/** An order as the service lists it. */
export interface ListedOrder {
  /** A text, also where the service answers a bare number. */
  OrderId: string;
  /** The package, such as `yc1m3d`. */
  PkgId: string;
  /** 1 in use, 2 not started, 3 paused, 4 expired, 5 refunded, 6 moved. */
  Status: number;
  /** In seconds since 1970. */
  StartTime: number;
  /** In seconds since 1970. */
  EndTime: number;
}

/** An order that is to be refunded. */
export interface PlannedOrder extends ListedOrder {
  /** `returns`: it was never in use and goes back to the pool of paid orders; `void`: it was in use and is lost. */
  fate: "returns" | "void";
}

/** What a refund will do, before anything happens. Plain data: it survives JSON. */
export interface RefundPlan {
  /** Whose orders they are. */
  ServiceId: string;
  /** The one order that was asked for; absent for all. */
  OrderId?: string;
  /** When it was drawn, in milliseconds since 1970, by the service's clock where that is known. */
  drawnAt: number;
  /** The service as it is: 1 in force, 2 recordings kept, 3 expired, 4 waiting. Times in seconds. */
  service: { Status: number; StartTime: number; EndTime: number };
  /** The orders to refund. */
  orders: PlannedOrder[];
  /** The valid orders that stay. */
  stay: ListedOrder[];
  /**
   * The service when the plan was carried out. Without a valid order it is 2, since recordings are kept for a while where
   * there are any; EndTime is then when the plan was drawn. In seconds.
   */
  after: { Status: number; EndTime: number };
}
