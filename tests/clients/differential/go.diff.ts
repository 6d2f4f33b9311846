/** This package's signer against the official Go SDK's, on random requests; `tests/clients/go/run` runs it. */

import { program } from "./lines.ts";
import { compareWith } from "./run.ts";

compareWith("go", program("target/clients/go/signer"), 2000);
