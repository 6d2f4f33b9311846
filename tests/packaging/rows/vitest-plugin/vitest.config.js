import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.jsonc" } })],
  test: { provide: { servers: JSON.parse(process.env.TC3_SERVERS) }, testTimeout: 60_000 },
});
