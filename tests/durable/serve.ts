/** A sandbox on a file, for a test that kills it: prints its address. */

import { serveSandbox } from "../../sandbox/hosts/node.ts";
import { openSqliteStore } from "../../sandbox/hosts/sqlite-store.ts";

const [file = ""] = process.argv.slice(2);
const { url } = await serveSandbox({ store: await openSqliteStore(file), unlimited: true });
console.log(url);
