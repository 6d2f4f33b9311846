/** The headers that each answer of the page's server carries; a host of the built files must send the same. */

const POLICY = [
  "default-src 'none'",
  // For WebAssembly only: no text is ever run as a script.
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
];

/** What the page itself states, so that it holds on any host. */
export const META_POLICY: string = POLICY.join("; ");

/** Headers by name. `frame-ancestors` is one that only a header can state. */
export const HEADERS: Record<string, string> = {
  "Content-Security-Policy": [...POLICY, "frame-ancestors 'none'"].join("; "),
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
};
