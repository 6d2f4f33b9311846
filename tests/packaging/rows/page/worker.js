/** A module worker and a service worker alike: a message brings the servers, and a port for the results. */

import { load } from "./library.js";
import { suite } from "./suite.js";

addEventListener("message", async ({ data, ports: [port] }) => {
  port?.postMessage(await suite(await load(), data));
});
