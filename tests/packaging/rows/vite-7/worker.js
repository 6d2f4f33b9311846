import * as root from "tc3-edge";
import * as iotvideo from "tc3-edge/iotvideo/v20191126";
import * as refunds from "tc3-edge/refund";
import * as signer from "tc3-edge/signer";
import { suite } from "./suite.js";

addEventListener("message", async ({ data: { servers, options } }) => {
  postMessage(await suite({ root, signer, iotvideo, refunds }, servers, options));
});
