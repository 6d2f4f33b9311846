/** Every error that this package throws; texts about the service's codes come from the core. */

export * from "./call-errors.ts";
export * from "./input-errors.ts";
export {
  type ErrorDetails,
  type ErrorJson,
  type Outcome,
  type Problem,
  type Retry,
  Tc3Error,
} from "./tc3-error.ts";
