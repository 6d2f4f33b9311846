/** TypeScript that becomes an ES module. */

import * as root from "tc3-edge";
import * as iotvideo from "tc3-edge/iotvideo/v20191126";
import * as refunds from "tc3-edge/refund";
import * as signer from "tc3-edge/signer";
import { suite } from "./suite.js";

// What a user would write: the answer's type is the action's.
export async function firstOrder(client: iotvideo.Iotvideo, ServiceId: string): Promise<string> {
  const { Data } = await client.DescribeStorageService({ ServiceId });
  return Data[0]?.OrderId ?? "";
}

// @ts-expect-error: a name that no action has
export type None = iotvideo.Iotvideo["DescribeNothing"];

const results = await suite({ root, signer, iotvideo, refunds }, JSON.parse(process.argv[2] ?? ""));
console.log(`suite ${JSON.stringify(results)}`);
