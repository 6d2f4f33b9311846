import * as root from "tc3-edge";
import * as iotvideo from "tc3-edge/iotvideo/v20191126";
import * as refunds from "tc3-edge/refund";
import * as signer from "tc3-edge/signer";
import { suite } from "./suite.js";

// A CommonJS bundle, which is what esbuild makes for Node, takes no top-level await.
suite({ root, signer, iotvideo, refunds }, JSON.parse(process.argv[2])).then((results) => {
  console.log(`suite ${JSON.stringify(results)}`);
});
