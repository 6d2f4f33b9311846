/** The module that explains and verifies. */

import { load } from "#module/inspect";
import { Core, type InspectExports } from "../core.ts";

export const inspectCore: Core<InspectExports> = new Core(load);
