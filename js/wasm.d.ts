/** What gets a module on this platform: package.json's `imports` choose one of the files that `cargo xtask build` makes. */

declare module "#module/*" {
  export const load: () => import("./core.ts").Source | Promise<import("./core.ts").Source>;
  export const advise: import("./load/advice.ts").Advise | undefined;
}

/** What carries requests on this platform, and what is refused there: one of the files in `platform/`. */
declare module "#platform" {
  export const carrier: import("./platform/carrier.ts").MakeCarrier;
  export const refuseDirect: typeof import("./page.ts").refuseDirect;
  export const refuseKey: typeof import("./page.ts").refuseKey;
}
