import { load } from "./library.js";

globalThis.run = async () => {
  const begun = performance.now();
  const error = await load().then(
    () => new Error("it was loaded"),
    (reason) => reason,
  );
  const detail = `${error.name}: ${error.message} ${error.remedy}`;
  const ok = error.name === "LoadError" && detail.includes("'wasm-unsafe-eval'");
  const name = "without 'wasm-unsafe-eval' a LoadError names it";
  return [{ name, ok, ms: performance.now() - begun, detail }];
};
