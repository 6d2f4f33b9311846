/** Types compared to the letter: what is merely assignable is not the same. The files of this folder are never run. */

/** Whether two types are one. */
export type Same<A, B> =
  (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where it is said rightly whether two types are one. */
export declare function same<A, B>(is: Same<A, B>): void;
