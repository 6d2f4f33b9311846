/** What is answered: which members are promised, which may be null or absent, for all actions of the service version. */

import type { CallOptions, DryRun } from "tc3-edge";
import type {
  BindDevInfo,
  CreateStorageServiceResponse,
  DescribeBindDevResponse,
  DescribeStreamResponse,
  DeviceData,
  Iotvideo,
  StorageOrder,
} from "tc3-edge/iotvideo/v20191126";
import { type Same, same } from "./same.ts";

type Name = Exclude<keyof Iotvideo, "raw">;
type Answer<Action extends Name> = Exclude<Awaited<ReturnType<Iotvideo[Action]>>, DryRun>;

/** One of the members of a union. */
type One<Union> = (Union extends Union ? (one: () => Union) => void : never) extends (
  all: infer All,
) => void
  ? All extends () => infer Last
    ? Last
    : never
  : never;

/** How many members a union has. */
type Count<Union, Counted extends unknown[] = []> = [Union] extends [never]
  ? Counted["length"]
  : Count<Exclude<Union, One<Union>>, [...Counted, unknown]>;

same<Count<"a" | "b" | "c">, 3>(true);
same<Count<Name>, 68>(true);

/** The actions for which a type does not say `true`. */
type Not<Says extends Record<Name, boolean>> = {
  [Action in Name]: Says[Action] extends true ? never : Action;
}[Name];

type HasRequestId = { [Action in Name]: Same<Answer<Action>["RequestId"], string> };
same<Not<HasRequestId>, never>(true);
// Such a loop does name what fails.
same<Not<{ [Action in Name]: Action extends "RunDevice" ? false : true }>, "RunDevice">(true);

type PromisesRequestId = {
  [Action in Name]: object extends Pick<Answer<Action>, "RequestId"> ? false : true;
};
same<Not<PromisesRequestId>, never>(true);

type Ignores = { [Action in Name]: [] extends Parameters<Iotvideo[Action]> ? true : false };
type WithoutParameters =
  | "DescribeIotDataType"
  | "DescribeOsList"
  | "DescribeStream"
  | "DescribeTraceIds";
same<Exclude<Name, Not<Ignores>>, WithoutParameters>(true);

type TakesOptions = {
  [Action in Name]: Same<Parameters<Iotvideo[Action]>[1], CallOptions | undefined>;
};
same<Not<TakesOptions>, never>(true);

export async function promised(iotvideo: Iotvideo) {
  const answer = await iotvideo.CreateStorageService({
    PkgId: "yc1m3d",
    Tid: "t",
    OrderCount: 1,
    StorageRegion: "ap-guangzhou",
  });
  same<typeof answer, CreateStorageServiceResponse>(true);
  same<typeof answer.Data, StorageOrder[]>(true);
  same<typeof answer.IsRenew, boolean>(true);
  // @ts-expect-error a member that no answer has
  answer.Orders;
}

export async function nullable(iotvideo: Iotvideo) {
  const { Data: data, RequestId: id } = await iotvideo.DescribeBindDev({ AccessId: "a" });
  same<typeof data, BindDevInfo[] | null | undefined>(true);
  same<typeof id, string>(true);
  // @ts-expect-error it may be null
  data.length;
  for (const { Tid, DeviceModel } of data ?? []) {
    same<typeof Tid, string>(true);
    same<typeof DeviceModel, string | null>(true);
  }
  same<DescribeStreamResponse["Data"], null>(false);
  same<DeviceData["ActiveTime"], number | null>(true);
}

export const least: DescribeBindDevResponse = { RequestId: "r" };
export const empty: DescribeBindDevResponse = { Data: null, RequestId: "r" };
// @ts-expect-error what is left out is not there: `undefined` is no JSON
export const absent: DescribeBindDevResponse = { Data: undefined, RequestId: "r" };
// @ts-expect-error every answer has its RequestId
export const nameless: DescribeBindDevResponse = { Data: [] };
// @ts-expect-error this answer promises its Data, be it null
export const silent: DescribeStreamResponse = { RequestId: "r" };

export async function nothingElse(iotvideo: Iotvideo) {
  const answer = await iotvideo.RunDevice({ Tids: ["t"] });
  same<typeof answer, { RequestId: string }>(true);
}
