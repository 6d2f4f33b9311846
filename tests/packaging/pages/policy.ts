/** The strictest Content-Security-Policy that a page with tc3-edge can have. */

/** `{sandbox}` and `{trouble}` are the servers' origins, as in a command; `'self'` in connect-src is for `.wasm` files. */
export const POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src 'self' {sandbox} {trouble}",
].join("; ");

/** The same without what WebAssembly needs. */
export const WITHOUT_WASM = POLICY.replace(" 'wasm-unsafe-eval'", "");
