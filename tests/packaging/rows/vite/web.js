import * as root from "tc3-edge/web";
import * as iotvideo from "tc3-edge/web/iotvideo/v20191126";
import * as refunds from "tc3-edge/web/refund";
import * as signer from "tc3-edge/web/signer";
import { suite } from "./suite.js";

globalThis.run = async (servers, options) => {
  await root.init();
  return suite({ root, signer, iotvideo, refunds }, servers, options);
};
