import { ask } from "./ask.js";

const worker = new Worker("./worker.js", { type: "module" });
globalThis.run = (servers, options) => ask(worker, servers, options);
