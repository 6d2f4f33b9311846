const root = require("tc3-edge");
const iotvideo = require("tc3-edge/iotvideo/v20191126");
const refunds = require("tc3-edge/refund");
const signer = require("tc3-edge/signer");
const { suite } = require("./suite.js");

suite({ root, signer, iotvideo, refunds }, JSON.parse(process.argv[2])).then((results) =>
  console.log(`suite ${JSON.stringify(results)}`),
);
