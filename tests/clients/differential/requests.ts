/** Random requests of every form that an official SDK has, around what it is known to do otherwise. */

import type { Credential } from "tc3-edge/signer";
import { Random } from "./random.ts";
import {
  identifier,
  modelled,
  name,
  type Params,
  params,
  printable,
  secretKey,
  text,
} from "./values.ts";

export type Sdk = "node" | "python" | "go";

export type Form =
  | "post-json"
  | "get"
  | "multipart"
  | "octet-stream"
  | "unsigned-payload"
  | "HmacSHA1"
  | "HmacSHA256"
  | "skip-sign";

/** One call, as every SDK's driver reads it. */
export interface Call {
  form: Form;
  method: "POST" | "GET";
  credential: Credential;
  service: string;
  host: string;
  region?: string;
  action: string;
  version: string;
  timestamp: number;
  language?: "zh-CN" | "en-US";
  /** What the SDK adds to its own name. */
  requestClient?: string;
  contentType?: string;
  nonce: number;
  traceId: string;
  params: Params;
  /** Whether Go is given a struct; else a map. */
  model: boolean;
  /** Of multipart: the parameters that are bytes. */
  files: string[];
  /** Of octet-stream. */
  body: Uint8Array;
  headers: Record<string, string>;
}

/** The forms of each SDK: Node cannot leave a payload unsigned, Go has no multipart. */
export const FORMS: Record<Sdk, Form[]> = {
  node: ["post-json", "get", "multipart", "octet-stream", "HmacSHA1", "HmacSHA256", "skip-sign"],
  python: [
    "post-json",
    "get",
    "multipart",
    "octet-stream",
    "unsigned-payload",
    "HmacSHA1",
    "HmacSHA256",
    "skip-sign",
  ],
  go: [
    "post-json",
    "get",
    "octet-stream",
    "unsigned-payload",
    "HmacSHA1",
    "HmacSHA256",
    "skip-sign",
  ],
};

const SERVICES = ["iotvideo", "cvm", "cls", "sts", "vod"];
const REGIONS = ["ap-guangzhou", "ap-singapore", "na-siliconvalley"];
/** From here on this package takes a timestamp for milliseconds. */
const MOST_SECONDS = 99_999_999_999;

/** As many calls of one form as asked for. */
export function calls(sdk: Sdk, form: Form, seed: number, count: number): Call[] {
  const random = new Random(seed, `${sdk} ${form}`);
  return Array.from({ length: count }, () => call(random, sdk, form));
}

function call(random: Random, sdk: Sdk, form: Form): Call {
  const either = form !== "post-json" && form !== "multipart" && form !== "octet-stream";
  const method = form === "get" || (either && random.once(2)) ? "GET" : "POST";
  const older = form === "HmacSHA1" || form === "HmacSHA256";
  const model =
    sdk === "go" && form !== "octet-stream" && (method === "GET" || older || random.once(2));
  const service = random.once(2) ? random.pick(SERVICES) : `s${name(random).toLowerCase()}`;
  const files = form === "multipart" ? random.list(0, 3, () => `File${random.integer(0, 9)}`) : [];
  const plain = method === "GET" || older;
  return {
    form,
    method,
    credential: {
      secretId: identifier(random),
      secretKey: secretKey(random),
      ...maybe(random, "token", () => printable(random)),
    },
    service,
    host: host(random, sdk, service),
    // Go's older signature signs an empty region, and an empty language, where there is none.
    ...(older && sdk === "go"
      ? { region: random.pick(REGIONS), language: "en-US" }
      : {
          ...maybe(random, "region", () => random.pick(REGIONS)),
          ...maybe(random, "language", () => random.pick(["zh-CN", "en-US"] as const)),
        }),
    action: name(random),
    version: `20${random.letters("0123456789", 2, 2)}-0${random.integer(1, 9)}-1${random.integer(0, 9)}`,
    timestamp: timestamp(random),
    ...(older && sdk === "go"
      ? {}
      : maybe(random, "requestClient", () => random.letters("abcXYZ019-,;.", 1, 40))),
    ...(form === "post-json" && sdk === "node"
      ? maybe(random, "contentType", () => mediaType(random))
      : {}),
    nonce: random.integer(1, 65_535),
    traceId: random.letters("0123456789abcdef", 32, 32),
    params: {
      ...(model ? modelled(random) : parameters(random, sdk, form, plain)),
      ...Object.fromEntries(files.map((file) => [file, random.bytes(60)])),
    },
    model,
    files: [...new Set(files)],
    body: form === "octet-stream" ? random.bytes(300) : new Uint8Array(),
    headers:
      form === "octet-stream"
        ? Object.fromEntries(random.list(0, 3, () => [`X-Own-${name(random)}`, printable(random)]))
        : {},
  };
}

function maybe<Name extends string, Item>(random: Random, member: Name, make: () => Item) {
  return (random.once(2) ? { [member]: make() } : {}) as { [name in Name]?: Item };
}

/** The nearest, regional, international, internal and other hosts; Node reads the service from the first label. */
function host(random: Random, sdk: Sdk, service: string): string {
  const labels = ["", ...REGIONS.map((region) => `.${region}`), ".intl", ".internal"];
  const known = `${service}${random.pick(labels)}.tencentcloudapi.com`;
  const other =
    sdk === "node" ? `${service}.proxy.example` : `proxy-${random.integer(1, 99)}.example`;
  const chosen = random.once(4) ? other : known;
  return random.once(4) ? `${chosen}:${random.integer(1024, 65_535)}` : chosen;
}

function timestamp(random: Random): number {
  if (random.once(2)) return random.integer(1_700_000_000, 1_900_000_000);
  const edges = [0, 86_399, 86_400, 951_782_400, 2 ** 31 - 1, 2 ** 31, 4_107_542_399, MOST_SECONDS];
  return random.once(4) ? random.pick(edges) : random.integer(0, MOST_SECONDS);
}

function mediaType(random: Random): string {
  return random.pick([
    "application/json; charset=utf-8",
    "Application/JSON",
    `application/json; v="${text(random, 4).replace(/[^!-~]/gu, "")}"`,
  ]);
}

/**
 * A query holds no null: others leave it out of a list, and this package refuses it. Python writes True and 100.0
 * where others write true and 100. A multipart part is a text or, in Python, JSON too:
 * Python refuses numbers there, and Node sends them without hashing them. Without any part, Node hashes an end that it does not send.
 */
function parameters(random: Random, sdk: Sdk, form: Form, plain: boolean): Params {
  const exact = !(plain && sdk === "python");
  const made = params(random, { fractions: exact, booleans: exact, nullItems: !plain });
  if (form !== "multipart") return made;
  const fits = (value: unknown) =>
    typeof value === "string" || (sdk === "python" && typeof value === "object" && value !== null);
  const parts = Object.entries(made).filter(([, value]) => fits(value));
  return { Text: text(random), ...Object.fromEntries(parts) };
}
