/** A module whose glue wasm-bindgen makes: loaded when it is first asked, and made anew after a trap. */

import { loadError, moduleBroke, type Source } from "../core.ts";
import type { Advise } from "./advice.ts";

/** What every such glue has. */
interface Loadable {
  default(input: { module_or_path: Source }): Promise<unknown>;
  __wbg_reset_state(): void;
}

/** What gets a module on this platform. */
interface Loaded {
  load(): Source | Promise<Source>;
  advise: Advise | undefined;
}

export class Glue<Exports extends Loadable> {
  readonly #load: () => Promise<[Exports, Loaded]>;
  #loaded: Promise<Exports> | undefined;

  constructor(load: () => Promise<[Exports, Loaded]>) {
    this.#load = load;
  }

  /** Loads it, once. */
  ready(): Promise<Exports> {
    this.#loaded ??= this.#start().catch((error) => {
      this.#loaded = undefined;
      throw error;
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
    let advise: Advise | undefined;
    try {
      const [exports, loaded] = await this.#load();
      advise = loaded.advise;
      await exports.default({ module_or_path: await loaded.load() });
      return exports;
    } catch (cause) {
      throw loadError(cause, advise);
    }
  }
}
