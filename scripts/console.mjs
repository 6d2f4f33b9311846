/** `npm run console`: the same preparation, then the web console until it is stopped. */

import { runTypeScript } from "./run-typescript.mjs";
import { attempt } from "./setup/run.mjs";
import { command, Stop } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";

await command(async () => {
  await setup({ browser: false });
  const built = await attempt(process.execPath, [
    "node_modules/vite/bin/vite.js",
    "build",
    "--config",
    "www/vite.config.ts",
  ]);
  if (built.code !== 0) throw new Stop(`the console could not be built:\n${built.output}`);
  process.exitCode = await runTypeScript("www/serve.ts", process.argv.slice(2));
});
