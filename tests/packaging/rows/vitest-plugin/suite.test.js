import * as root from "tc3-edge";
import * as iotvideo from "tc3-edge/iotvideo/v20191126";
import * as signer from "tc3-edge/signer";
import { inject, test } from "vitest";
import { suite } from "./suite.js";

test("the suite", async () => {
  const results = await suite({ root, signer, iotvideo }, inject("servers"));
  console.log(`suite ${JSON.stringify(results)}`);
});
