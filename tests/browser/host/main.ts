/** What the tests of the page's host have inside a page, built by Vite as an application would be. */

import { IndexedStore } from "../../../sandbox/hosts/indexed-store.ts";
import { StoreError, startSandbox } from "../../../sandbox/hosts/page.ts";
import { busy } from "./busy.ts";
import { clientOf, PURCHASE } from "./client.ts";

/** What an error tells; `none` where there was no error. */
async function failure(promise: Promise<unknown>): Promise<{ name: string; message: string }> {
  try {
    return { name: "none", message: JSON.stringify(await promise) };
  } catch (error) {
    const { name, message } = error as Error;
    return { name: error instanceof StoreError ? error.code : name, message };
  }
}

const host = { startSandbox, IndexedStore, clientOf, PURCHASE, failure, busy };

/** As the page's functions see it. */
export interface Hosted {
  host: typeof host;
}

// The functions that a test hands to the page were compiled by tsx, which names them by a helper of its own.
Object.assign(globalThis, { host, __name: (named: unknown) => named });
