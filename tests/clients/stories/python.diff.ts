/** The official Python SDK plays the stories; `tests/clients/python/run` runs it. */

import { agree } from "./agree.ts";
import { python } from "./clients.ts";

agree("python", python);
