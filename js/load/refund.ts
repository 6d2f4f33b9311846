/** The module of refunds. */

import { advise, load } from "#module/refund";
import type { Core, RefundExports } from "../core.ts";

export const refundCore: Core<RefundExports> = { load, advise };
