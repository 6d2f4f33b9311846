/** `npm start`: installs and builds what is missing, then tells the story of a refund. */

import { runTypeScript } from "./run-typescript.mjs";
import { command } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";

await command(async () => {
  await setup({ browser: false });
  process.exitCode = await runTypeScript("scripts/story.ts", process.argv.slice(2));
});
