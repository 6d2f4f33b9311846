/** The official command line plays the stories; `tests/clients/tccli/run` runs it. */

import { agree } from "./agree.ts";
import { tccli } from "./tccli.ts";

agree("tccli", tccli);
