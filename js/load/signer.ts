/** The signer's module, inlined. */

import { base64 } from "../built/signer-module.ts";
import { Core, decodeBase64, type SignerExports } from "../core.ts";

export const signerCore: Core<SignerExports> = new Core(() => decodeBase64(base64));
