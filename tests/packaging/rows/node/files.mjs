/** The modules as files, by `tc3-edge/node`. */

import * as root from "tc3-edge/node";
import * as iotvideo from "tc3-edge/node/iotvideo/v20191126";
import * as refunds from "tc3-edge/node/refund";
import * as signer from "tc3-edge/node/signer";
import { suite } from "./suite.js";

const results = await suite({ root, signer, iotvideo, refunds }, JSON.parse(process.argv[2]));
console.log(`suite ${JSON.stringify(results)}`);
