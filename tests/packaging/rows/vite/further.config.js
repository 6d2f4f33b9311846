/** Further pages: what Vite builds without a configuration is `index.html`. */
export default {
  build: { outDir: "dist-further", rollupOptions: { input: ["web.html", "in-worker.html"] } },
};
