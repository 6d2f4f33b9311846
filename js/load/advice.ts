/** What to do where a module does not start. Workers have theirs compiled already, and do not carry this. */

/** What is known of a failure: what to do, and better words for it. */
export type Advise = (why: string) => { remedy: string; why?: string } | undefined;

/** For platforms that compile modules themselves. */
export const advise: Advise = (why) => {
  if (/still being fetched|main thread|buffer size|larger than/i.test(why)) {
    return {
      remedy: "Here modules start only asynchronously: `await ready()` once before the call.",
    };
  }
  if (why.includes(".wasm")) {
    return {
      remedy:
        "Let connect-src allow the address, or give the folder of the package's .wasm files to `init` of `tc3-edge/web`.",
    };
  }
  if (/unsafe-eval|Content.Security.Policy/i.test(why)) {
    return {
      remedy: "Add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy.",
      // The platform's own words may name a directive that allows too much.
      why: "the page's Content-Security-Policy lacks 'wasm-unsafe-eval'",
    };
  }
  return undefined;
};
