/**
 * Counts the calls of the modules' functions that go on from what was kept, and how many of them could. To be imported
 * before the package.
 */

type Name = "sign_again" | "prepare_again" | "verify_again";

export const quick = { sign_again: 0, prepare_again: 0, verify_again: 0, found: 0 };

export function reset(): void {
  Object.assign(quick, { sign_again: 0, prepare_again: 0, verify_again: 0, found: 0 });
}

const { Instance } = WebAssembly;
WebAssembly.Instance = class extends Instance {
  constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
    super(module, imports);
    Object.defineProperty(this, "exports", { value: counted(this.exports) });
  }
};
const { instantiate } = WebAssembly;
WebAssembly.instantiate = (async (module: WebAssembly.Module, imports: WebAssembly.Imports) => {
  const { exports } = await instantiate(module, imports);
  return { exports: counted(exports) };
}) as unknown as typeof instantiate;

/** The same functions, those under test counted. */
function counted(exports: WebAssembly.Exports): WebAssembly.Exports {
  const all: Record<string, unknown> = { ...exports };
  for (const name of ["sign_again", "prepare_again", "verify_again"] satisfies Name[]) {
    const function_ = exports[name] as ((...all: unknown[]) => number) | undefined;
    all[name] = (...given: unknown[]) => {
      const found = function_?.(...given) ?? 0;
      quick[name] += 1;
      if (found !== 0) quick.found += 1;
      return found;
    };
  }
  return all as WebAssembly.Exports;
}
