/** The client's module, inlined. */

import { base64 } from "../built/client-module.ts";
import { type ClientExports, Core, decodeBase64 } from "../core.ts";

export const clientCore: Core<ClientExports> = new Core(() => decodeBase64(base64));
