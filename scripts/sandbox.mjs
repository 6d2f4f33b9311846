/** `npm run sandbox`: the same preparation, then the sandbox until it is stopped. */

import { command } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";

await command(async () => {
  await setup({ browser: false });
  // In this very process, and compiled: it is there at once.
  const program = new URL("../build/hosts/serve.js", import.meta.url);
  await import(program.href);
});
