/** The official Go SDK plays the stories; `tests/clients/go/run` runs it. */

import { agree } from "./agree.ts";
import { go } from "./clients.ts";

agree("go", go);
