import * as root from "tc3-edge";
import * as iotvideo from "tc3-edge/iotvideo/v20191126";
import * as signer from "tc3-edge/signer";
import { suite } from "./suite.js";

const [sandbox, trouble] = process.argv.slice(2);
suite({ root, signer, iotvideo }, { sandbox, trouble }).then((results) => {
  console.log(JSON.stringify(results));
});
