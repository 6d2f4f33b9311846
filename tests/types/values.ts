/** Named constants have their values as types, and answered values narrow to them, beside values that are yet to come. */

import {
  type AccountState,
  type AccountType,
  type BindDevInfo,
  BindingRole,
  type DescribeStorageServiceResponse,
  type Iotvideo,
  type StorageOrder,
  StorageOrderStatus,
  StoragePkgId,
  StorageServiceStatus,
} from "tc3-edge/iotvideo/v20191126";
import { same } from "./same.ts";

same<typeof StorageOrderStatus.Refunded, 5>(true);
same<StorageOrderStatus, 1 | 2 | 3 | 4 | 5 | 6>(true);
same<StorageServiceStatus, 1 | 2 | 3 | 4>(true);
same<AccountState, 1 | 8 | 9>(true);
same<AccountType, 1 | 2>(true);
same<typeof BindingRole.Owner, "owner">(true);
same<BindingRole, "owner" | "guest">(true);
same<typeof StoragePkgId.yc1m3d, "yc1m3d">(true);

export const bought: StoragePkgId = StoragePkgId.ye1y30d;
// @ts-expect-error a constant's type is closed
export const unknown: StoragePkgId = "a-plan-of-next-year";
// @ts-expect-error a name that the list does not have
export const misspelt = StorageOrderStatus.Refund;
// @ts-expect-error the wrong list: 5 is no state of a service
export const mixed: StorageServiceStatus = StorageOrderStatus.Refunded;

export function written() {
  // @ts-expect-error constants cannot be written
  StorageOrderStatus.Refunded = 4;
}

export async function branches(status: DescribeStorageServiceResponse["Status"]) {
  if (status === StorageServiceStatus.Expired) {
    same<typeof status, 3>(true);
    return;
  }
  // A value of a later release can be asked for.
  if (status === 99) same<typeof status, 99>(true);
  // @ts-expect-error it may be one that is not listed
  const listed: StorageServiceStatus = status;
  // @ts-expect-error a number is no text
  if (status === "3") return;
  return listed;
}

export function cases(order: StorageOrder): string {
  switch (order.Status) {
    case StorageOrderStatus.InUse:
      same<typeof order.Status, 1>(true);
      return "in use";
    case StorageOrderStatus.Refunded:
      same<typeof order.Status, 5>(true);
      return "refunded";
    case StorageOrderStatus.NotStarted:
    case StorageOrderStatus.Paused:
      same<typeof order.Status, 2 | 3>(true);
      return "to come";
    default:
      // No list is complete: what is left is a number.
      same<typeof order.Status, number>(true);
      return `${order.Status}`;
  }
}

// @ts-expect-error so a switch over the known values alone does not give every answer
export function incomplete(status: StorageOrder["Status"]): string {
  switch (status) {
    case 1:
    case 2:
    case 3:
    case 4:
    case 5:
    case 6:
      return "known";
  }
}

export async function handedBack(iotvideo: Iotvideo, { Role, Tid }: BindDevInfo) {
  // @ts-expect-error what was answered may be a role that cannot be sent
  await iotvideo.DeleteBinding({ AccessId: "a", Tid, Role });
  if (Role !== BindingRole.Owner && Role !== BindingRole.Guest) return;
  same<typeof Role, "owner" | "guest">(true);
  await iotvideo.DeleteBinding({ AccessId: "a", Tid, Role });
}

// Values of a later release can be made up for tests.
export const later: StorageOrder["Status"] = 7;
export const other: BindDevInfo["Role"] = "admin";
