/** The official Node SDK plays the stories. */

import { agree } from "./agree.ts";
import { node } from "./clients.ts";

agree("node", node);
