/** What a caller gets wrong about parameters does not compile; each wrong call stands beside a right one. */

import {
  AccountType,
  type CreateStorageServiceRequest,
  type Iotvideo,
  WaitResp,
} from "tc3-edge/iotvideo/v20191126";

const version = { ProductId: "p", OtaVersion: "1.0.1", VersionUrl: "https://example.com/1" };
const binding = { AccessId: "a", Tid: "t" };
const purchase = { Tid: "t", StorageRegion: "ap-guangzhou" };
const page = { ProductId: "p", ReturnModel: false };
const message = { Tid: "t", Wakeup: true, MsgTopic: "m", MsgContent: "{}" };

export function missing(iotvideo: Iotvideo) {
  iotvideo.RefundStorageService({ ServiceId: "s" });
  // @ts-expect-error ServiceId is required
  iotvideo.RefundStorageService({ OrderId: "o" });
  // @ts-expect-error and so are parameters as such
  iotvideo.RefundStorageService();
  // @ts-expect-error of a purchase too: OrderCount
  iotvideo.CreateStorageService({ ...purchase, PkgId: "yc1m3d" });
}

export function unknown(iotvideo: Iotvideo) {
  iotvideo.UploadOtaVersion({ ...version, Contents: { En: "new", Cn: null } });
  // @ts-expect-error a letter's case counts
  iotvideo.RefundStorageService({ ServiceId: "s", OrderID: "o" });
  // @ts-expect-error DryRun is an option, no parameter
  iotvideo.RefundStorageService({ ServiceId: "s", DryRun: true });
  // @ts-expect-error release notes have no Fr
  iotvideo.UploadOtaVersion({ ...version, Contents: { En: "new", Fr: "nouveau" } });
}

export function mistyped(iotvideo: Iotvideo) {
  iotvideo.DisableDevice({ Tids: ["t"] });
  iotvideo.DisableDevice({ Tids: ["t", "u"] as const });
  // @ts-expect-error a list is asked for
  iotvideo.DisableDevice({ Tids: "t" });
  // @ts-expect-error a list of texts
  iotvideo.DisableDevice({ Tids: [1] });
  // @ts-expect-error a list of texts that are there
  iotvideo.DisableDevice({ Tids: ["t", null] });
  // @ts-expect-error a text is asked for
  iotvideo.RefundStorageService({ ServiceId: 1 });
  // @ts-expect-error a structure is asked for
  iotvideo.UploadOtaVersion({ ...version, Contents: "new" });
  // @ts-expect-error within it, a text
  iotvideo.UploadOtaVersion({ ...version, Contents: { En: 1 } });
  // @ts-expect-error a boolean is asked for
  iotvideo.DescribeDevices({ ProductId: "p", ReturnModel: "false", Limit: 1, Offset: 0 });
}

export function withoutValue(iotvideo: Iotvideo) {
  // @ts-expect-error without a value it would be left out, and every order refunded
  iotvideo.RefundStorageService({ ServiceId: "s", OrderId: undefined });
  // @ts-expect-error null no less
  iotvideo.RefundStorageService({ ServiceId: "s", OrderId: null });
  // @ts-expect-error under exactOptionalPropertyTypes what may be left out may not be undefined
  iotvideo.UploadOtaVersion({ ...version, Contents: undefined });
}

export function integers(iotvideo: Iotvideo) {
  iotvideo.DescribeDevices({ ...page, Limit: 100, Offset: 0 });
  iotvideo.DescribeDevices({ ...page, Limit: 100n, Offset: 9007199254740993n });
  // @ts-expect-error digits in a text are no integer
  iotvideo.DescribeDevices({ ...page, Limit: 100, Offset: "0" });
}

export function closedLists(iotvideo: Iotvideo, role: string, type: number) {
  iotvideo.CreateBinding({ ...binding, Role: "owner" });
  // @ts-expect-error nobody is an admin
  iotvideo.CreateBinding({ ...binding, Role: "admin" });
  // @ts-expect-error any text may be one that is not listed
  iotvideo.CreateBinding({ ...binding, Role: role });
  iotvideo.DescribeAccountBalance({ AccountType: 2 });
  iotvideo.DescribeAccountBalance({ AccountType: AccountType.CloudStorage });
  // @ts-expect-error there are the accounts 1 and 2
  iotvideo.DescribeAccountBalance({ AccountType: 3 });
  // @ts-expect-error any number may be one that is not listed
  iotvideo.DescribeAccountBalance({ AccountType: type });
  iotvideo.SendOnlineMsg({ ...message, WaitResp: WaitResp.Data });
  // @ts-expect-error the name of a constant is not its value
  iotvideo.SendOnlineMsg({ ...message, WaitResp: "Data" });
}

export function openLists(iotvideo: Iotvideo, plan: string) {
  const order = { ...purchase, OrderCount: 1 };
  iotvideo.CreateStorageService({ ...order, PkgId: "yc1m3d" });
  iotvideo.CreateStorageService({ ...order, PkgId: "a-plan-of-next-year" });
  iotvideo.CreateStorageService({ ...order, PkgId: plan });
  // @ts-expect-error open to other texts, not to numbers
  iotvideo.CreateStorageService({ ...order, PkgId: 1 });
  const elsewhere: CreateStorageServiceRequest["StorageRegion"] = "eu-new";
  iotvideo.CreateStorageService({ ...order, PkgId: plan, StorageRegion: elsewhere });
}

export function none(iotvideo: Iotvideo) {
  iotvideo.DescribeOsList();
  iotvideo.DescribeOsList({});
  iotvideo.DescribeOsList({}, { timeout: 1000 });
  iotvideo.DescribeTraceIds(undefined, { timeout: 1000 });
  // @ts-expect-error it takes no parameter
  iotvideo.DescribeOsList({ Limit: 1 });
  // @ts-expect-error nor one without a value
  iotvideo.DescribeTraceIds({ Tid: undefined });
  // @ts-expect-error nor what is no object
  iotvideo.DescribeTraceIds("t");
  // All that these take may be left out.
  iotvideo.DescribeStream();
  iotvideo.DescribeIotDataType();
  // @ts-expect-error yet nothing else can be given
  iotvideo.DescribeIotDataType({ Tid: "t" });
}

export function actions(iotvideo: Iotvideo) {
  // @ts-expect-error methods are named as the service names actions
  iotvideo.refundStorageService({ ServiceId: "s" });
  // @ts-expect-error an action of no version
  iotvideo.RefundStorage({ ServiceId: "s" });
}
