/** `npm run build`: everything that is made from the sources, and where it lies. */

import { command } from "./setup/stop.mjs";
import { setup } from "./setup.mjs";

await command(async () => {
  const { route } = await setup({ browser: false });
  console.log(
    `built by the route ${route}: the npm package in dist/, the WebAssembly modules in build/`,
  );
});
