import { type CallOptions, type ClientOptions, ServiceClient } from "../../client.ts";
const table = "1 iotvideo 2019-11-26 R\nSStorageOrder\n.s! OrderId\n.s! PkgId\n.i! Status\n.i! StartTime\n.i! EndTime\nAwCreateStorageService\n<s! PkgId\n<s! Tid\n<i! OrderCount\n<s! StorageRegion\n<i ChnNum\n<s AccessId\n<i EnableTime\n>s!* ServiceId\n>[0!* Data\nArDescribeStorageService\n<s! ServiceId\n<b GetFinishedOrder\n>s!* ServiceId\n>[0!* Data\nAwRefundStorageService\n<s! ServiceId\n<s OrderId\n>s!* ServiceId\n>[0!* Data\n";
export class Iotvideo extends ServiceClient {
  constructor(options: ClientOptions) { super(options, { service: "iotvideo", version: "2019-11-26", table }); }
  RefundStorageService(request: any, options?: CallOptions): Promise<any> { return this.request("RefundStorageService", request, options); }
  DescribeStorageService(request: any, options?: CallOptions): Promise<any> { return this.request("DescribeStorageService", request, options); }
  CreateStorageService(request: any, options?: CallOptions): Promise<any> { return this.request("CreateStorageService", request, options); }
}
