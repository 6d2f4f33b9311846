/** Vite 7 makes a worker a single script unless told, and such a script cannot load a part of itself later. */
export default {
  worker: { format: "es" },
  build: { rollupOptions: { input: ["index.html", "in-worker.html"] } },
};
