/** A module whose glue wasm-bindgen makes: loaded when it is first asked, and made anew after a trap. */

import { loadError, moduleBroke, type Source } from "../core.ts";

/** What every such glue has. */
interface Loadable {
  default(input: { module_or_path: Source }): Promise<unknown>;
  __wbg_reset_state(): void;
}

/** What gets a module on this platform. */
interface Loaded {
  load(): Source | Promise<Source>;
}

export class Glue<Exports extends Loadable> {
  readonly #load: () => Promise<[Exports, Loaded]>;
  #loaded: Promise<Exports> | undefined;

  constructor(load: () => Promise<[Exports, Loaded]>) {
    this.#load = load;
  }

  /** Loads it, once. */
  ready(): Promise<Exports> {
    this.#loaded ??= this.#start().catch((cause) => {
      this.#loaded = undefined;
      throw loadError(cause);
    });
    return this.#loaded;
  }

  /** Runs one function. What Rust throws is a text, and goes on; anything else left the module in any state. */
  async run<Result>(call: (exports: Exports) => Result): Promise<Result> {
    const exports = await this.ready();
    try {
      return call(exports);
    } catch (cause) {
      if (typeof cause === "string") throw cause;
      exports.__wbg_reset_state();
      throw moduleBroke(cause);
    }
  }

  async #start(): Promise<Exports> {
    const [exports, { load }] = await this.#load();
    await exports.default({ module_or_path: await load() });
    return exports;
  }
}
