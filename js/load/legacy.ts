/** The module of the older signatures. */

import { load } from "#module/legacy";
import { Core, type LegacyExports } from "../core.ts";

export const legacyCore: Core<LegacyExports> = new Core(load);
