/** The client's module. */

import { load } from "#module/client";
import type { ClientExports, Core } from "../core.ts";

export const clientCore: Core<ClientExports> = { load };
