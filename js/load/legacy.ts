/** The module of the older signatures. */

import { advise, load } from "#module/legacy";
import type { Core, LegacyExports } from "../core.ts";

export const legacyCore: Core<LegacyExports> = { load, advise };
