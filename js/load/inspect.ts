/** The module that explains and verifies. */

import { load } from "#module/inspect";
import type { Core, InspectExports } from "../core.ts";

export const inspectCore: Core<InspectExports> = { load };
