/** A module worker and a service worker alike: a message brings what the suite takes, and a port for its results. */

import { load } from "./library.js";
import { suite } from "./suite.js";

addEventListener("message", async ({ data: { servers, options }, ports: [port] }) => {
  port?.postMessage(await suite(await load(), servers, options));
});
