/** This package's signer against the official Python SDK's, on random requests; `tests/clients/python/run` runs it. */

import { python } from "./programs.ts";
import { compareWith } from "./run.ts";

compareWith("python", python, 2000);
