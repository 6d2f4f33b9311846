/** A service and its orders, as they are read for money: whole numbers or nothing, and with the service's own clock. */

import { isText } from "../kinds.ts";
import { wrong } from "../problems.ts";
import type { Raw } from "../raw.ts";
import type { ListedOrder } from "./plan-types.ts";

/** An answer that lists orders; what stands in it is looked at here. */
export interface Listing {
  ServiceId?: unknown;
  Status: unknown;
  StartTime: unknown;
  EndTime: unknown;
  Data: readonly {
    OrderId: unknown;
    PkgId: unknown;
    Status: unknown;
    StartTime: unknown;
    EndTime: unknown;
  }[];
}

/** What refunds ask of a call. */
export interface CallOptions {
  signal?: AbortSignal;
  timeout?: number;
  timestamp?: number;
  retry?: { tries?: number };
}

/** A client that refunds are made with: `Iotvideo` of `tc3-edge/iotvideo/v20191126`, whatever its options. */
export interface RefundClient {
  readonly raw: {
    DescribeStorageService(
      request: { ServiceId: string; GetFinishedOrder?: boolean },
      options?: CallOptions,
    ): Promise<Raw<Listing>>;
    RefundStorageService(
      request: { ServiceId: string; OrderId?: string },
      options?: CallOptions,
    ): Promise<Raw<{ RequestId: string }>>;
  };
}

/** What was read. */
export interface Reading {
  orders: ListedOrder[];
  service: { Status: number; StartTime: number; EndTime: number };
  /** By the service's clock, in milliseconds since 1970; a cache or a page may hide it. */
  serverTime?: number;
}

/** Reads a service with all its orders, the finished ones too. */
export async function readService(
  client: RefundClient,
  ServiceId: string,
  options: CallOptions,
): Promise<Reading> {
  const request = { ServiceId, GetFinishedOrder: true };
  const { answer, headers, serverTime } = await client.raw.DescribeStorageService(request, options);
  const { Data, Status, StartTime, EndTime } = answer;
  if (answer.ServiceId !== undefined && textOf(answer.ServiceId, "ServiceId") !== ServiceId) {
    throw wrong("ServiceId", "is another one than was asked for: nothing is decided by it");
  }
  if (!Array.isArray(Data)) throw wrong("Data", "is no list of orders", "Type");
  return {
    orders: Data.map((order, at) => readOrder(order, `Data[${at}].`)),
    service: {
      Status: whole(Status, "Status"),
      StartTime: whole(StartTime, "StartTime"),
      EndTime: whole(EndTime, "EndTime"),
    },
    // A cache gives what was true once.
    ...(serverTime !== undefined && !headers.has("Age") && { serverTime }),
  };
}

/** One order; `where` stands before its members in an error. */
export function readOrder(order: Listing["Data"][number], where: string): ListedOrder {
  const { OrderId, PkgId, Status, StartTime, EndTime } = order ?? {};
  return {
    OrderId: textOf(OrderId, `${where}OrderId`),
    PkgId: textOf(PkgId, `${where}PkgId`),
    Status: whole(Status, `${where}Status`),
    StartTime: whole(StartTime, `${where}StartTime`),
    EndTime: whole(EndTime, `${where}EndTime`),
  };
}

/** An id: a bare number is one too, where none of its digits is lost. */
export function textOf(value: unknown, path: string): string {
  // These do not cross into the core, or into a journal, as they are.
  const crosses = (text: string) => !text.includes("\0") && !/\p{Surrogate}/u.test(text);
  if (isText(value) && value !== "" && crosses(value)) return value;
  if (typeof value === "bigint" || Number.isSafeInteger(value)) return String(value);
  throw wrong(path, "is no text: nothing is decided by it", "Type");
}

/** A time or a status, in whatever way the client reads integers. */
export function whole(value: unknown, path: string): number {
  const number = isText(value) && /^-?\d+$/.test(value) ? Number(value) : value;
  const exact = typeof number === "bigint" ? Number(number) : number;
  if (Number.isSafeInteger(exact)) return exact as number;
  throw wrong(path, "is no whole number: nothing is decided by it", "Type");
}
