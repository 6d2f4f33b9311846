/** The signer's module. */

import { load } from "#module/signer";
import type { Core, SignerExports } from "../core.ts";

export const signerCore: Core<SignerExports> = { load };
