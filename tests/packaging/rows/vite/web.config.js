export default {
  build: { outDir: "dist-web", rollupOptions: { input: "web.html" } },
};
