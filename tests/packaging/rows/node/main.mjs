/** An ES module. */

import * as root from "tc3-edge";
import * as iotvideo from "tc3-edge/iotvideo/v20191126";
import * as refunds from "tc3-edge/refund";
import * as signer from "tc3-edge/signer";
import { suite } from "./suite.js";

const results = await suite({ root, signer, iotvideo, refunds }, JSON.parse(process.argv[2]));
console.log(`suite ${JSON.stringify(results)}`);
