/** The module that explains and verifies. */

import { advise, load } from "#module/inspect";
import type { Core, InspectExports } from "../core.ts";

export const inspectCore: Core<InspectExports> = { load, advise };
