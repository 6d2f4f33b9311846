/** The module of the older signatures, inlined. */

import { base64 } from "../built/legacy-module.ts";
import { Core, decodeBase64, type LegacyExports } from "../core.ts";

export const legacyCore: Core<LegacyExports> = new Core(() => decodeBase64(base64));
