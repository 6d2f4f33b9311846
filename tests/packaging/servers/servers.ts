/** The servers that every row's suite is given, on free ports of loopback. */

import { serveSandbox } from "../../../sandbox/hosts/node.ts";
import type { Servers } from "../harness/project.ts";
import { serveTrouble } from "./trouble.ts";

/** Servers that listen. */
export interface Serving {
  servers: Servers;
  close(): Promise<void>;
}

/** Starts them. */
export async function serveAll(): Promise<Serving> {
  const [sandbox, trouble] = await Promise.all([serveSandbox(), serveTrouble()]);
  return {
    servers: { sandbox: sandbox.url, trouble: trouble.origin },
    close: async () => {
      trouble.close();
      await sandbox.close();
    },
  };
}
