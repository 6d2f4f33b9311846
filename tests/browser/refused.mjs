/** What the package refuses in the place where this runs: a page or a worker loads it with the built package. */

const key = { secretId: "test-id", secretKey: "test-key" };
const temporary = { ...key, token: "test-token" };
const call = { service: "toy", action: "DoIt", version: "2020-01-01", reads: true };

/**
 * One line for each call.
 *
 * @param {typeof import("tc3-edge").Client} Client
 * @param {string} origin of a server that answers
 */
export async function refused(Client, origin) {
  const sentHost = { sentHost: new URL(origin).host };
  const away = { allowDirectFromPage: true, fetch: () => fetch(`${origin}/answer`) };
  /** @type {[string, import("tc3-edge").ClientOptions][]} */
  const calls = [
    ["long-lived", { credential: key }],
    ["long-lived, allowed", { credential: key, endpoint: origin, allowKeyInPage: true }],
    ["direct", { credential: temporary }],
    ["direct by its host", { credential: temporary, endpoint: "https://toy.tencentcloudapi.com" }],
    ["direct, allowed", { credential: temporary, ...away }],
    ["gateway", { credential: temporary, endpoint: origin }],
    [
      "gateway by sentHost",
      {
        credential: temporary,
        endpoint: "http://toy.tencentcloudapi.com",
        insecureHttp: true,
        ...sentHost,
      },
    ],
  ];
  const lines = [];
  for (const [name, options] of calls) lines.push(`${name}: ${await attempt(Client, options)}`);
  const tried = await new Client({ credential: temporary }).call(call, { dryRun: true });
  return [...lines, `dry run: ${tried.sent ? "sent" : "shown"}`];
}

/**
 * @param {typeof import("tc3-edge").Client} Client
 * @param {import("tc3-edge").ClientOptions} options
 */
async function attempt(Client, options) {
  try {
    await new Client(options).call(call);
    return "answered";
  } catch (error) {
    const {
      name,
      problems = [],
      outcome,
    } = /** @type {import("tc3-edge").ValidationError} */ (error);
    return [name, ...problems.map(({ path, code }) => `${path} ${code}`), outcome].join(", ");
  }
}
