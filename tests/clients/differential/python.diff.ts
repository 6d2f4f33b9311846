/** This package's signer against the official Python SDK's, on random requests; `tests/clients/python/run` runs it. */

import { program } from "./lines.ts";
import { compareWith } from "./run.ts";

const driver = program("target/clients/python/bin/python", "tests/clients/python/signer.py");
compareWith("python", driver, 2000);
