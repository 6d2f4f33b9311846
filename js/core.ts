/**
 * The mirror of src/wasm.rs: it writes a call's parts into the module's buffer, runs one function, and reads the
 * values that the function left. It also replaces an instance that broke.
 *
 * @module
 */

import { decoder, encoder } from "./bytes.ts";
import { LoadError, type Problem } from "./errors.ts";
import { isText } from "./kinds.ts";
import type { Advise } from "./load/advice.ts";
import { problemsError } from "./problems.ts";
import { textOf } from "./text-of.ts";

/** What every module exports (src/wasm/module.rs). Lengths are in bytes. */
export interface ModuleExports {
  memory: { readonly buffer: ArrayBuffer };
  input(length: number): number;
  output(): number;
}

/** What every module with forms exports (src/wasm/multipart.rs). */
export interface FormExports extends ModuleExports {
  multipart(parts: number, count: number): number;
}

/** What those export beside that which keep signing keys (src/wasm/module.rs). */
export interface KeyExports extends FormExports {
  clear_keys(): void;
}

/** What signer and client export beside that (src/wasm/digest.rs). */
export interface DigestExports extends KeyExports {
  digest_push(piece: number, first: boolean): void;
  digest_end(): number;
}

/** What the signer's module exports beside that (src/wasm/signer.rs). */
export interface SignerExports extends DigestExports {
  sign(
    head: number,
    count: number,
    key: number,
    payload: number,
    timestamp: number,
    length: number,
    keep: number,
  ): number;
  sign_again(number: number, payload: number, length: number, timestamp: number): number;
}

/** What the module that explains and verifies exports (src/wasm/inspect.rs). */
export interface InspectExports extends KeyExports {
  explain(
    head: number,
    count: number,
    key: number,
    payload: number,
    timestamp: number,
    length: number,
    withKeys: boolean,
  ): number;
  parse_authorization(authorization: number): number;
  verify(
    head: number,
    count: number,
    key: number,
    body: number,
    nowMs: number,
    known: boolean,
    keep: number,
  ): number;
  verify_again(
    number: number,
    signature: number,
    body: number,
    timestamp: number,
    nowMs: number,
  ): number;
}

/** What the client's module exports beside that (src/wasm/client.rs). */
export interface ClientExports extends DigestExports {
  load_table(table: number): number;
  action_facts(table: number, action: number): number;
  prepare(
    table: number,
    head: number,
    count: number,
    key: number,
    payload: number,
    timestamp: number,
    length: number,
    keep: number,
  ): number;
  prepare_again(
    table: number,
    number: number,
    place: number,
    payload: number,
    timestamp: number,
  ): number;
  is_clean(table: number, place: number, body: number, status: number, integers: number): number;
  conclude(
    table: number,
    action: number,
    body: number,
    status: number,
    dryRun: boolean,
    reads: boolean,
    earlier: boolean,
    once: boolean,
    integers: number,
  ): number;
  events_push(chunk: number): number;
  events_end(): number;
  events_next(): number;
  retry_wait(
    tries: number,
    baseMs: number,
    capMs: number,
    made: number,
    retryAfterMs: number,
    leftMs: number,
    budget: number,
    random: number,
  ): number;
  budget_after(budget: number, repeats: boolean): number;
  rate_wait(dueMs: number, nowMs: number): number;
  due_after(dueMs: number, nowMs: number, perSecond: number): number;
  offset_after(
    offsetMs: number,
    sentMs: number,
    answeredMs: number,
    dateMs: number,
    expired: boolean,
  ): number;
}

/** What the module of the older signatures exports (src/wasm/legacy.rs). */
export interface LegacyExports extends FormExports {
  sign_legacy(
    head: number,
    count: number,
    key: number,
    params: number,
    choice: number,
    timestamp: number,
  ): number;
  skip_sign(head: number, count: number, payload: number, timestamp: number): number;
}

/** What the module of refunds exports (src/wasm/refund.rs). */
export interface RefundExports extends ModuleExports {
  plan(listed: number, count: number, orderId: number, nowMs: number): number;
  difference(
    planned: number,
    plannedCount: number,
    stay: number,
    stayCount: number,
    listed: number,
    count: number,
  ): number;
  step(
    order: number,
    phase: number,
    signedMs: number,
    event: number,
    eventMs: number,
    listed: number,
    count: number,
    reusesIds: boolean,
    marginMs: number,
  ): number;
  differences(
    planned: number,
    plannedCount: number,
    times: number,
    timesCount: number,
    before: number,
    beforeCount: number,
    after: number,
    afterCount: number,
  ): number;
  journal_read(bytes: number): number;
  journal_line(sum: number, record: number, count: number): number;
}

/** What crosses into the module: UTF-8 text, or bytes. */
export type Part = string | Uint8Array;

/**
 * A module as its platform has it: compiled already, or as bytes. No public declaration names `WebAssembly`, whose types
 * come with those of a page alone.
 */
export type Source = object;

/** Linear memory never shrinks: an instance that grew beyond this is replaced after the call. */
const MEMORY_LIMIT = 8 * 1024 * 1024;

/**
 * One module, compiled once, instantiated as often as needed. It has functions and no methods, so that an application
 * carries those that it calls.
 */
export interface Core<Exports extends ModuleExports> {
  load(): Source | Promise<Source>;
  advise?: Advise | undefined;
  /** Whether an instance is kept however large its memory grows, since it holds what the next call needs. */
  keeps?: boolean;
  /** Compiled; some platforms' own are no `WebAssembly.Module`. */
  module?: Source | undefined;
  exports?: Exports | undefined;
  /** Until it is there: who comes meanwhile waits for the same, so calls go on in the order in which they were made. */
  starting?: Promise<void> | undefined;
  /** Views of the present instance's memory: to make one takes as long as to hash. */
  views?: { input?: Uint8Array; digits?: Uint8Array };
  /** Tables in the order in which the present instance was given them. */
  tables?: string[];
}

/** The same module with an instance of its own, for what lasts longer than a call. */
export async function fork<Exports extends ModuleExports>(
  core: Core<Exports>,
): Promise<Core<Exports>> {
  await start(core);
  const { load, advise, module } = core;
  const own: Core<Exports> = { load, advise, module, keeps: true };
  await start(own);
  return own;
}

/**
 * Compiles without blocking; where it was called, nothing needs to compile synchronously. Where it has started, there
 * is nothing to wait for.
 */
export function start<Exports extends ModuleExports>(
  core: Core<Exports>,
): Promise<void> | undefined {
  if (core.exports) return undefined;
  core.starting ??= compile(core).finally(() => {
    core.starting = undefined;
  });
  return core.starting;
}

async function compile<Exports extends ModuleExports>(core: Core<Exports>): Promise<void> {
  try {
    const source = core.module ?? (await core.load());
    const module = isBytes(source) ? await WebAssembly.compile(source) : source;
    core.module = module;
    const instance = await WebAssembly.instantiate(module as WebAssembly.Module, imports(core));
    if (!core.exports) adopt(core, instance);
  } catch (cause) {
    throw loadError(cause, core.advise);
  }
}

/**
 * Runs one function of the module over `parts`, whose lengths it is given, and gives the values that it left. Problems
 * that it left instead are thrown as a `ValidationError` or a `CredentialError`.
 */
export function run<Exports extends ModuleExports>(
  core: Core<Exports>,
  parts: Part[],
  call: (exports: Exports, ...lengths: number[]) => number,
): string[] {
  const exports = instanceOf(core);
  let length: number;
  let text: string;
  try {
    length = call(exports, ...write(core, exports, parts));
    const left = new Uint8Array(exports.memory.buffer, exports.output(), Math.abs(length));
    text = decoder.decode(left);
    // It may hold what the service just issued, or a token.
    left.fill(0);
  } catch (cause) {
    // A trap leaves an instance in any state: the next call gets a new one.
    core.exports = undefined;
    throw moduleBroke(cause);
  }
  replaceGrown(core, exports);
  const values = length === 0 ? [] : text.split("\0");
  if (length < 0) throw problemsError(readProblems(values));
  return values;
}

/** Runs one function that leaves the digits of a signature or a digest over parts; nothing where it leaves none. */
export function runQuickly<Exports extends ModuleExports>(
  core: Core<Exports>,
  parts: Part[],
  call: (exports: Exports, ...lengths: number[]) => number,
): string | undefined {
  const place = cross(core, parts, call);
  const { exports, views } = core;
  if (!exports || !views || place === 0) return undefined;
  views.digits = view(exports, place, 64, views.digits);
  return decoder.decode(views.digits);
}

/** What one function of parts gives that leaves nothing. */
export function cross<Exports extends ModuleExports>(
  core: Core<Exports>,
  parts: Part[],
  call: (exports: Exports, ...lengths: number[]) => number,
): number {
  const exports = instanceOf(core);
  try {
    // One by one: to spread them takes as long as to write them.
    const [one = 0, two = 0, three = 0] = write(core, exports, parts);
    const gave = call(exports, one, two, three);
    replaceGrown(core, exports);
    return gave;
  } catch (cause) {
    core.exports = undefined;
    throw moduleBroke(cause);
  }
}

function replaceGrown(core: Core<ModuleExports>, { memory }: ModuleExports): void {
  if (!core.keeps && memory.buffer.byteLength > MEMORY_LIMIT) core.exports = undefined;
}

/** The same view, if it is of these bytes; a memory that grew leaves its views without length. */
function view(exports: ModuleExports, at: number, length: number, before?: Uint8Array): Uint8Array {
  if (before && before.length >= length && before.byteOffset === at) return before;
  return new Uint8Array(exports.memory.buffer, at, length);
}

/**
 * What a function of numbers gives. Where there is no instance just now it is `otherwise`: what is asked beside a call must
 * not make one fail that was done.
 */
export function ask<Exports extends ModuleExports>(
  core: Core<Exports>,
  otherwise: number,
  question: (exports: Exports) => number,
): number {
  return core.exports ? question(core.exports) : otherwise;
}

/** The number of a table in the present instance, which is given it if it does not have it. */
export function tableNumber(core: Core<ClientExports>, table: string): number {
  instanceOf(core);
  const tables = core.tables ?? [];
  const known = tables.indexOf(table);
  if (known >= 0) return known;
  run(core, [table], (exports, length) => exports.load_table(length));
  return tables.push(table) - 1;
}

/** Those that were started: whoever forgets keys must not have to name, and so to carry, each module that may keep some. */
const started = new Set<Core<ModuleExports & Partial<KeyExports>>>();

/** Forgets every derived key, of clients too. */
export function clearKeys(): void {
  for (const { exports } of started) exports?.clear_keys?.();
}

function instanceOf<Exports extends ModuleExports>(core: Core<Exports>): Exports {
  if (core.exports) return core.exports;
  try {
    const source = core.module ?? core.load();
    if (source instanceof Promise) throw new Error("the module is still being fetched");
    const module = isBytes(source) ? new WebAssembly.Module(source) : source;
    core.module = module;
    return adopt(core, new WebAssembly.Instance(module as WebAssembly.Module, imports(core)));
  } catch (cause) {
    throw loadError(cause, core.advise);
  }
}

function adopt<Exports extends ModuleExports>(
  core: Core<Exports>,
  instance: WebAssembly.Instance,
): Exports {
  const exports = instance.exports as unknown as Exports;
  core.exports = exports;
  core.tables = [];
  core.views = {};
  if (!core.keeps) started.add(core);
  return exports;
}

function isBytes(source: Source): source is Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(source);
}

/** What a module may ask of its host. */
function imports(core: Core<ModuleExports>): WebAssembly.Imports {
  /** src/wasm/random.rs: 0 where the platform gives no random bytes, as a Worker does outside of a request. */
  const random = (at: number, length: number): number => {
    try {
      const { memory } = core.exports as ModuleExports;
      crypto.getRandomValues(new Uint8Array(memory.buffer, at, length));
      return 1;
    } catch {
      return 0;
    }
  };
  return { host: { random } };
}

/** Writes the parts one after the other, and gives the length of each. */
function write(core: Core<ModuleExports>, exports: ModuleExports, parts: Part[]): number[] {
  let room = 0;
  // A UTF-16 unit takes at most three bytes.
  for (const part of parts) room += part.length * (isText(part) ? 3 : 1);
  const place = exports.input(room);
  // Only now: where the module's memory grew for the input, it has another buffer.
  const memory = view(exports, place, room, core.views?.input);
  if (core.views) core.views.input = memory;
  const lengths: number[] = [];
  let at = 0;
  for (const part of parts) {
    let { length } = part;
    if (isText(part)) {
      const rest = at === 0 ? memory : memory.subarray(at);
      length = encoder.encodeInto(part, rest).written;
    } else memory.set(part, at);
    lengths.push(length);
    at += length;
  }
  return lengths;
}

/** Takes problems from the front of values among which their number stands first (src/wasm/values.rs). */
export function takeProblems(values: string[]): Problem[] {
  const [count = "0"] = values.splice(0, 1);
  return readProblems(values.splice(0, Number(count) * 3));
}

/** Problems that a module left: path, code and message of each. */
export function readProblems(values: string[]): Problem[] {
  const found = groups(values, 3) as [string, string, string][];
  return found.map(([path, code, message]) => ({ path, code, message }));
}

/** The values, so many at a time. */
export function groups(values: string[], size: number): string[][] {
  const length = values.length / size;
  return Array.from({ length }, (_, at) => values.slice(at * size, (at + 1) * size));
}

/** A trap, from before anything was sent. */
export function moduleBroke(cause: unknown): LoadError {
  const message = "the module broke during this call and was replaced";
  const remedy = "Call again; please report it if it breaks each time.";
  return LoadError.of(message, "ModuleBroke", remedy, cause);
}

/** Why a module could not be started, and what to do about it. */
export function loadError(cause: unknown, advise?: Advise): LoadError {
  const found = textOf(cause);
  const known = advise?.(found);
  const { why = found, remedy = "Check that this platform has WebAssembly with SIMD." } =
    known ?? {};
  const message = `the WebAssembly module could not be started: ${why}`;
  return LoadError.of(message, "LoadFailed", remedy, cause);
}
