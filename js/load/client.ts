/** The client's module. */

import { advise, load } from "#module/client";
import type { ClientExports, Core } from "../core.ts";

export const clientCore: Core<ClientExports> = { load, advise };
