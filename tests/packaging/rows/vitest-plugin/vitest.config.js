import { cloudflareTest } from "@cloudflare/vitest-plugin";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [cloudflareTest({ wrangler: { configPath: "./wrangler.jsonc" } })],
  // workerd tells of a body that breaks while it is read as of an error that nobody caught, also where it was caught; a plain
  // reader without the package does so too.
  test: {
    provide: { servers: JSON.parse(process.env.TC3_SERVERS) },
    dangerouslyIgnoreUnhandledErrors: true,
    testTimeout: 60_000,
  },
});
