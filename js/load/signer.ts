/** The signer's module. */

import { advise, load } from "#module/signer";
import type { Core, SignerExports } from "../core.ts";

export const signerCore: Core<SignerExports> = { load, advise };
