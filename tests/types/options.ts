/** Options of clients and calls: which there are, what a dry run gives, and what the untyped client takes and gives. */

import {
  type CallOptions,
  Client,
  type ClientOptions,
  type DryRun,
  type StreamEvent,
} from "tc3-edge";
import { Iotvideo, type RefundStorageServiceResponse } from "tc3-edge/iotvideo/v20191126";
import { same } from "./same.ts";

type Refund = RefundStorageServiceResponse;
const request = { ServiceId: "s" };
const credential = { secretId: "test-id", secretKey: "test-key" };

export async function dryRun(iotvideo: Iotvideo, is: boolean, given: CallOptions) {
  const tried = await iotvideo.RefundStorageService(request, { dryRun: true });
  same<typeof tried, DryRun>(true);
  if (tried.sent) same<typeof tried.requestId, string>(true);
  else same<typeof tried.request.headers, Record<string, string>>(true);
  // @ts-expect-error nothing was refunded
  tried.Data;

  const done = await iotvideo.RefundStorageService(request, { dryRun: false });
  same<typeof done, Refund>(true);
  const plain = await iotvideo.RefundStorageService(request, { timeout: 1000 });
  same<typeof plain, Refund>(true);

  // Where the compiler cannot know, both are possible.
  const either = await iotvideo.RefundStorageService(request, { dryRun: is });
  same<typeof either, Refund | DryRun>(true);
  const unknown = await iotvideo.RefundStorageService(request, given);
  same<typeof unknown, Refund | DryRun>(true);
  const asked = await iotvideo.RefundStorageService(request, is ? { dryRun: true } : undefined);
  same<typeof asked, Refund | DryRun>(true);
  const left = await iotvideo.RefundStorageService(request, undefined);
  same<typeof left, Refund>(true);
  const spread = await iotvideo.RefundStorageService(request, { ...(is && { dryRun: true }) });
  same<typeof spread, Refund | DryRun>(true);
  if ("dryRun" in either) same<typeof either, DryRun>(true);
  else same<typeof either, Refund>(true);
}

export async function unions(
  iotvideo: Iotvideo<"bigint">,
  one: { dryRun: true } | { timeout: number },
  maybe: { dryRun?: true },
) {
  const first = await iotvideo.RunDevice({ Tids: ["t"] }, one);
  same<typeof first, { RequestId: string } | DryRun>(true);
  const second = await iotvideo.RunDevice({ Tids: ["t"] }, maybe);
  same<typeof second, { RequestId: string } | DryRun>(true);
}

export function call(iotvideo: Iotvideo, signal: AbortSignal) {
  iotvideo.RefundStorageService(request, { signal, timeout: 0, region: "ap-guangzhou" });
  iotvideo.RefundStorageService(request, { language: "zh-CN", traceId: "t", hooks: {} });
  const unchecked = iotvideo.RefundStorageService(request, { validate: false });
  same<typeof unchecked, Promise<Refund>>(true);
  // @ts-expect-error `validate` turns off the check of a call, not of its types
  iotvideo.RefundStorageService({ ServiceId: 1 }, { validate: false });
  // @ts-expect-error true or false
  iotvideo.RefundStorageService(request, { validate: "no" });
  // @ts-expect-error milliseconds as a number
  iotvideo.RefundStorageService(request, { timeout: "1s" });
  // @ts-expect-error one of two languages
  iotvideo.RefundStorageService(request, { language: "en" });
  // @ts-expect-error no such option
  iotvideo.RefundStorageService(request, { dryrun: true });
  // @ts-expect-error an option that is the client's
  iotvideo.RefundStorageService(request, { integers: "bigint" });
}

export function client() {
  new Iotvideo({ credential });
  new Iotvideo({ credential, endpoint: "internal", region: "ap-guangzhou" });
  new Iotvideo({ credential, endpoint: "http://127.0.0.1:4180" });
  // @ts-expect-error a credential is required
  new Iotvideo({ region: "ap-guangzhou" });
  // @ts-expect-error and so is its key
  new Iotvideo({ credential: { secretId: "test-id" } });
  // @ts-expect-error a letter's case counts
  new Iotvideo({ credential, Region: "ap-guangzhou" });
  // @ts-expect-error an option that is a call's
  new Iotvideo({ credential, dryRun: true });
  // @ts-expect-error a client is made with `new`
  Iotvideo({ credential });
  const bound: ClientOptions<"bigint"> = { credential, integers: "bigint" };
  same<Iotvideo<"bigint">, InstanceType<typeof Iotvideo<"bigint">>>(true);
  const plain: ClientOptions = { credential };
  same<Iotvideo, InstanceType<typeof Iotvideo<"auto">>>(true);
  const numbers: Iotvideo = new Iotvideo(plain);
  return [new Iotvideo(bound), numbers];
}

export async function untyped(client: Client, given: CallOptions) {
  const cvm = { service: "cvm", version: "2017-03-12", action: "DescribeZones" };
  const answer = await client.call({ ...cvm, payload: { Any: 1n }, reads: true });
  same<typeof answer, Record<string, unknown>>(true);
  const { RequestId: id } = await client.call<{ RequestId: string }>(cvm, { timeout: 0 });
  same<typeof id, string>(true);
  const tried = await client.call(cvm, { dryRun: true });
  same<typeof tried, DryRun>(true);
  const either = await client.call<{ RequestId: string }>(cvm, given);
  same<typeof either, { RequestId: string } | DryRun>(true);
  // @ts-expect-error a version is required
  client.call({ service: "cvm", action: "DescribeZones" });
  // @ts-expect-error a member that no call has
  client.call({ ...cvm, Payload: {} });
  // @ts-expect-error JSON or bytes
  client.call({ ...cvm, answer: "text" });
  // @ts-expect-error here unknown options are seen even beside known ones
  client.call(cvm, { timeout: 1000, dryrun: true });
  for await (const event of client.stream(cvm)) same<typeof event, StreamEvent>(true);
}

new Client({ credential, integers: "string" });
