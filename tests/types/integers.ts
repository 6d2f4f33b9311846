/** `integers` says in which form integers are answered, at any depth; nothing but integers changes. */

import type { DryRun, Float, Integers, Reply } from "tc3-edge";
import {
  type DescribeAccountBalanceResponse,
  Iotvideo,
  type RefundStorageServiceResponse,
  StorageServiceStatus,
} from "tc3-edge/iotvideo/v20191126";
import { same } from "./same.ts";

const options = { credential: { secretId: "test-id", secretKey: "test-key" } };

/** A refund's answer, with this for each of its integers. */
interface Refund<Integer> {
  ServiceId: string;
  StorageRegion: string;
  Tid: string;
  ChnNum: Integer;
  AccessId: string;
  StartTime: Integer;
  EndTime: Integer;
  Status: Integer;
  Data: {
    OrderId: string;
    PkgId: string;
    Status: Integer;
    StartTime: Integer;
    EndTime: Integer;
  }[];
  RequestId: string;
}

/** The same type, written out. */
type Flat<T> = T extends Leaf ? T : { [Name in keyof T]: Flat<T[Name]> };

export async function clients(mode: Integers) {
  const auto = new Iotvideo(options);
  const named = new Iotvideo({ ...options, integers: "auto" });
  same<typeof auto, Iotvideo>(true);
  same<typeof auto, typeof named>(true);
  const request = { ServiceId: "s" };
  const answered = await auto.RefundStorageService(request);
  same<typeof answered, RefundStorageServiceResponse>(true);

  const bigint = new Iotvideo({ ...options, integers: "bigint" });
  same<typeof bigint, Iotvideo<"bigint">>(true);
  const exact = await bigint.RefundStorageService(request);
  same<Flat<typeof exact>, Flat<Refund<bigint>>>(true);
  for (const { EndTime } of exact.Data) same<typeof EndTime, bigint>(true);
  // @ts-expect-error a constant is a number, which no bigint is
  if (exact.Status === StorageServiceStatus.Expired) return;

  const string = new Iotvideo({ ...options, integers: "string" });
  same<typeof string, Iotvideo<"string">>(true);
  const text = await string.RefundStorageService(request);
  same<Flat<typeof text>, Flat<Refund<string>>>(true);
  // @ts-expect-error nor is it a text
  if (text.Status === StorageServiceStatus.Expired) return;

  const any = await new Iotvideo({ ...options, integers: mode }).RefundStorageService(request);
  same<typeof any.StartTime, number | bigint | string>(true);

  // @ts-expect-error one client is not the other
  const wrong: Iotvideo = bigint;
  // @ts-expect-error a form that there is not
  new Iotvideo({ ...options, integers: "number" });
  return wrong;
}

type Leaf = string | number | bigint | boolean | null | undefined;

/** Every type that is not made of others, at any depth, but for `undefined`. */
type Leaves<T> = T extends Leaf
  ? T
  : T extends (infer Item)[]
    ? Leaves<Item>
    : { [Name in keyof T]-?: Leaves<T[Name]> }[keyof T];

/** Those of all answers. */
type Answered<Mode extends Integers> = {
  [Action in Exclude<keyof Iotvideo, "raw">]: Leaves<
    Exclude<Awaited<ReturnType<Iotvideo<Mode>[Action]>>, DryRun>
  >;
}[Exclude<keyof Iotvideo, "raw">];

type Rest = boolean | null;
same<Leaves<{ A: { B?: 1 }[]; C: "c" | null }>, 1 | "c" | null>(true);
same<Extract<Answered<"auto">, bigint>, never>(true);
same<Exclude<Answered<"auto">, string | number>, Rest>(true);
same<Extract<Answered<"bigint">, number>, never>(true);
same<Exclude<Answered<"bigint">, string>, bigint | Rest>(true);
same<Extract<Answered<"string">, number | bigint>, never>(true);
same<Exclude<Answered<"string">, string>, Rest>(true);

/** An answer with all that is none in IoT Video. */
interface Odd {
  Share: Float;
  Shares?: Float[] | null;
  Wide: number | bigint;
  Pair: [number, string];
  On: boolean;
}
same<Reply<Odd, object, "auto">, Odd>(true);
interface OddOf<Integer> {
  Share: Float;
  Shares?: Float[] | null;
  Wide: Integer;
  Pair: [Integer, string];
  On: boolean;
}
same<Flat<Reply<Odd, object, "bigint">>, Flat<OddOf<bigint>>>(true);
same<Flat<Reply<Odd, object, "string">>, Flat<OddOf<string>>>(true);
export const share: Float = 0.5;
export const number: number = share;

type Balance<Mode extends Integers> = Reply<DescribeAccountBalanceResponse, object, Mode>;
same<Balance<"bigint">["Balance"], bigint | null | undefined>(true);
export const least: Balance<"string"> = { RequestId: "r" };
// @ts-expect-error what is optional does not become `undefined`
export const absent: Balance<"string"> = { Balance: undefined, RequestId: "r" };
