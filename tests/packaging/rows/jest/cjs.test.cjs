const root = require("tc3-edge");
const iotvideo = require("tc3-edge/iotvideo/v20191126");
const refunds = require("tc3-edge/refund");
const signer = require("tc3-edge/signer");
const { suite } = require("./suite.js");

test("the suite", async () => {
  const results = await suite(
    { root, signer, iotvideo, refunds },
    JSON.parse(process.env.TC3_SERVERS),
  );
  process.stdout.write(`suite ${JSON.stringify(results)}\n`);
});
