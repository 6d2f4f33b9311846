import { ask } from "./ask.js";

await navigator.serviceWorker.register("./worker.js", { type: "module" });
const { active } = await navigator.serviceWorker.ready;
globalThis.run = (servers, options) => ask(active, servers, options);
