/** A server on a free port of loopback. */

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface Listening {
  origin: string;
  /** Ends its connections too. */
  close(): void;
}

export async function listen(server: Server): Promise<Listening> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
