/** In which form answered integers come. */

/**
 * `auto`: as numbers, and as BigInt beyond 2^53, where a number would lose digits; `bigint`: all as BigInt; `string`:
 * all as texts. Fractions are numbers always.
 */
export type Integers = "auto" | "bigint" | "string";

/** An answer whose integers come as `Mode` says. */
export type Read<Answer, Mode extends Integers> = Mode extends "bigint"
  ? With<Answer, bigint>
  : Mode extends "string"
    ? With<Answer, string>
    : Answer;

declare const fraction: unique symbol;

/** A number that may have a fraction: no integer, whatever its value. */
export type Float = number & { readonly [fraction]?: never };

type With<T, Integer> = T extends number | bigint
  ? typeof fraction extends keyof T
    ? T
    : Integer
  : T extends string | boolean | null | undefined
    ? T
    : { [Name in keyof T]: With<T[Name], Integer> };

/** The number by which the core knows each (src/wasm/client.rs). */
export const INTEGERS: Record<Integers, number> = { auto: 0, bigint: 1, string: 2 };
