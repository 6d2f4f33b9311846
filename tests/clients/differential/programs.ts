/** The SDKs in other languages, as `tests/clients/<language>/run` sets them up. */

import { program } from "./lines.ts";

export const python = program("target/clients/python/bin/python", "tests/clients/python/signer.py");
export const go = program("target/clients/go/signer");
