/** Why a store cannot be used, for a host that acts on it. */

/**
 * `unavailable`: the platform keeps nothing here. `inUse`: another one writes to it. `foreign`: something else is there, which
 * is left as it is.
 */
export type StoreFailure = "unavailable" | "inUse" | "foreign";

/** A store that did not open. */
export class StoreError extends Error {
  override readonly name = "StoreError";
  readonly code: StoreFailure;

  constructor(code: StoreFailure, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
