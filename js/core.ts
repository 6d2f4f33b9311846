/**
 * The mirror of src/wasm.rs: it writes a call's parts into the module's buffer, runs one function, and reads the
 * values that the function left. It also replaces an instance that broke.
 *
 * @module
 */

import { decoder, encoder } from "./bytes.ts";
import { LoadError, type Problem } from "./errors.ts";
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

/** What signer and client export beside that, since both keep signing keys (src/wasm/module.rs). */
export interface KeyExports extends FormExports {
  clear_keys(): void;
}

/** What the signer's module exports beside that (src/wasm/signer.rs). */
export interface SignerExports extends KeyExports {
  sign(
    head: number,
    count: number,
    key: number,
    payload: number,
    timestamp: number,
    length: number,
  ): number;
}

/** What the module that explains and verifies exports (src/wasm/inspect.rs). */
export interface InspectExports extends FormExports {
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
  ): number;
}

/** What the client's module exports beside that (src/wasm/client.rs). */
export interface ClientExports extends KeyExports {
  load_table(table: number): number;
  takes_dry_run(table: number, action: number): number;
  prepare(
    table: number,
    head: number,
    count: number,
    key: number,
    payload: number,
    timestamp: number,
    length: number,
  ): number;
  conclude(
    table: number,
    action: number,
    body: number,
    status: number,
    dryRun: boolean,
    reads: boolean,
    integers: number,
  ): number;
  events_push(chunk: number): number;
  events_end(): number;
  events_next(): number;
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

/** What crosses into the module: UTF-8 text, or bytes. */
export type Part = string | Uint8Array;

/**
 * A module as its platform has it: compiled already, or as bytes. No public declaration names `WebAssembly`, whose types
 * come with those of a page alone.
 */
export type Source = object;

/** Linear memory never shrinks: an instance that grew beyond this is replaced after the call. */
const MEMORY_LIMIT = 8 * 1024 * 1024;

/** One module, compiled once, instantiated as often as needed. */
export class Core<Exports extends ModuleExports> {
  readonly #load: () => Source | Promise<Source>;
  /** Whether an instance is kept however large its memory grows, since it holds what the next call needs. */
  readonly #keeps: boolean;
  /** What is being fetched, so that nothing is fetched twice. */
  #fetching: Promise<Source> | undefined;
  #module: WebAssembly.Module | undefined;
  #exports: Exports | undefined;
  /** Tables in the order in which the present instance was given them. */
  #tables: string[] = [];

  constructor(load: () => Source | Promise<Source>, keeps = false) {
    this.#load = load;
    this.#keeps = keeps;
  }

  /** The same module with an instance of its own, for what lasts longer than a call. */
  async fork(): Promise<Core<Exports>> {
    await this.ready();
    const fork = new Core<Exports>(this.#load, true);
    fork.#module = this.#module;
    await fork.ready();
    return fork;
  }

  /** Compiles without blocking; where it was called, nothing needs to compile synchronously. */
  async ready(): Promise<void> {
    if (this.#exports) return;
    try {
      this.#module ??= await compile(await this.#source());
      const host = imports();
      const instance = await WebAssembly.instantiate(this.#module, host.imports);
      this.#exports ??= this.#adopt(instance, host);
    } catch (cause) {
      throw loadError(cause);
    }
  }

  /**
   * Runs one function of the module over `parts` and gives the values that it left. Problems that it left
   * instead are thrown as a `ValidationError` or a `CredentialError`.
   */
  run(parts: Part[], call: (exports: Exports, lengths: number[]) => number): string[] {
    const exports = this.#instance();
    let length: number;
    let text: string;
    try {
      length = call(exports, write(exports, parts));
      text = read(exports, Math.abs(length));
    } catch (cause) {
      // A trap leaves an instance in any state: the next call gets a new one.
      this.#exports = undefined;
      throw moduleBroke(cause);
    }
    if (!this.#keeps && exports.memory.buffer.byteLength > MEMORY_LIMIT) this.#exports = undefined;
    const values = length === 0 ? [] : text.split("\0");
    if (length < 0) throw problemsError(readProblems(values));
    return values;
  }

  /** The number of a table in the present instance, which is given it if it does not have it. */
  table(this: Core<ClientExports>, table: string): number {
    this.#instance();
    const known = this.#tables.indexOf(table);
    if (known >= 0) return known;
    this.run([table], (exports, [length = 0]) => exports.load_table(length));
    return this.#tables.push(table) - 1;
  }

  /** Forgets every signing key. */
  clearKeys(this: Core<KeyExports>): void {
    this.#exports?.clear_keys();
  }

  #instance(): Exports {
    if (this.#exports) return this.#exports;
    try {
      if (this.#module === undefined) {
        const source = this.#source();
        if (source instanceof Promise) throw new Error(NOT_READY);
        this.#module = isBytes(source) ? new WebAssembly.Module(source) : source;
      }
      const host = imports();
      this.#exports = this.#adopt(new WebAssembly.Instance(this.#module, host.imports), host);
      return this.#exports;
    } catch (cause) {
      throw loadError(cause);
    }
  }

  #source(): Source | Promise<Source> {
    if (this.#fetching) return this.#fetching;
    const source = this.#load();
    if (source instanceof Promise) {
      this.#fetching = source;
      source.catch(() => {
        this.#fetching = undefined;
      });
    }
    return source;
  }

  #adopt(instance: WebAssembly.Instance, host: Host): Exports {
    this.#tables = [];
    const exports = instance.exports as unknown as Exports;
    host.memory = exports.memory;
    return exports;
  }
}

/** Edge runtimes have modules that are no `WebAssembly.Module`. */
function isBytes(source: Source): source is Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(source);
}

function compile(source: Source): WebAssembly.Module | Promise<WebAssembly.Module> {
  return isBytes(source) ? WebAssembly.compile(source) : source;
}

/** What a module may ask of its host, and the memory that it then means. */
interface Host {
  memory?: ModuleExports["memory"];
  imports: WebAssembly.Imports;
}

function imports(): Host {
  const host: Host = {
    imports: {
      host: {
        /** src/wasm/random.rs: 0 where the platform gives no random bytes, as a Worker does outside of a request. */
        random(at: number, length: number): number {
          try {
            crypto.getRandomValues(new Uint8Array(host.memory?.buffer as ArrayBuffer, at, length));
            return 1;
          } catch {
            return 0;
          }
        },
      },
    },
  };
  return host;
}

function write(exports: ModuleExports, parts: Part[]): number[] {
  // A UTF-16 unit takes at most three bytes.
  const room = parts.reduce(
    (sum, part) => sum + (typeof part === "string" ? part.length * 3 : part.length),
    0,
  );
  const start = exports.input(room);
  const memory = new Uint8Array(exports.memory.buffer, start, room);
  let at = 0;
  return parts.map((part) => {
    let length = part.length;
    if (typeof part === "string") length = encoder.encodeInto(part, memory.subarray(at)).written;
    else memory.set(part, at);
    at += length;
    return length;
  });
}

function read(exports: ModuleExports, length: number): string {
  return decoder.decode(new Uint8Array(exports.memory.buffer, exports.output(), length));
}

/** Takes problems from the front of values among which their number stands first (src/wasm/values.rs). */
export function takeProblems(values: string[]): Problem[] {
  const [count = "0"] = values.splice(0, 1);
  return readProblems(values.splice(0, Number(count) * 3));
}

/** Problems that a module left: path, code and message of each. */
export function readProblems(values: string[]): Problem[] {
  const found: Problem[] = [];
  for (let at = 0; at < values.length; at += 3) {
    const [path = "", code = "", message = ""] = values.slice(at, at + 3);
    found.push({ path, code, message });
  }
  return found;
}

/** A trap, from before anything was sent. */
export function moduleBroke(cause: unknown): LoadError {
  const message = "the module broke during this call and was replaced";
  const remedy = "Call again; if it breaks each time, please report it with the kind of input.";
  return LoadError.of(message, "ModuleBroke", remedy, cause);
}

/** It is fetched, so what answers at once cannot wait for it. */
const NOT_READY = "the module is still being fetched";

/** Why a module could not be started, and what to do about it. */
export function loadError(cause: unknown): LoadError {
  let why = textOf(cause);
  let remedy = "Check that this platform has WebAssembly with SIMD.";
  if (why === NOT_READY || /main thread|buffer size|larger than/i.test(why)) {
    remedy = "Here modules start only asynchronously: `await ready()` once before the call.";
  } else if (why.includes(".wasm")) {
    remedy =
      "Let connect-src allow the address, or give the folder of the package's .wasm files to `init` of `tc3-edge/web`.";
  } else if (/unsafe-eval|Content.Security.Policy/i.test(why)) {
    // The platform's own words may name a directive that allows too much.
    why = "the page's Content-Security-Policy lacks 'wasm-unsafe-eval'";
    remedy = "Add 'wasm-unsafe-eval' to script-src in the page's Content-Security-Policy.";
  }
  const message = `the WebAssembly module could not be started: ${why}`;
  return LoadError.of(message, "LoadFailed", remedy, cause);
}
