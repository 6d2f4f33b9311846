/** `npm run sandbox`: the same preparation, then the sandbox until it is stopped. */

import { runTypeScript } from "./run-typescript.mjs";
import { command } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";

await command(async () => {
  await setup({ browser: false });
  process.exitCode = await runTypeScript("sandbox/hosts/serve.ts", process.argv.slice(2));
});
