/** The signer's module. */

import { load } from "#module/signer";
import { Core, type SignerExports } from "../core.ts";

export const signerCore: Core<SignerExports> = new Core(load);
