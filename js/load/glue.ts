/** A module whose glue wasm-bindgen makes: loaded when it is first asked, and made anew after a trap. */

import { decodeBase64, loadError, moduleBroke } from "../core.ts";

/** What every such glue has. */
interface Loadable {
  default(input: { module_or_path: Uint8Array<ArrayBuffer> }): Promise<unknown>;
  __wbg_reset_state(): void;
}

export class Glue<Exports extends Loadable> {
  readonly #load: () => Promise<[Exports, { base64: string }]>;
  #loaded: Promise<Exports> | undefined;

  constructor(load: () => Promise<[Exports, { base64: string }]>) {
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
    const [exports, { base64 }] = await this.#load();
    await exports.default({ module_or_path: decodeBase64(base64) });
    return exports;
  }
}
