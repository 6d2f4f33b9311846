/** This package's signer against the official Go SDK's, on random requests; `tests/clients/go/run` runs it. */

import { go } from "./programs.ts";
import { compareWith } from "./run.ts";

compareWith("go", go, 2000);
