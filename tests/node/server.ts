/** What tests of calls share: a server on loopback, and the error of a call that must fail. */

import assert from "node:assert/strict";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import type { TestContext } from "node:test";
import { Tc3Error } from "tc3-edge";

/** Serves until the test ends; gives the origin. */
export async function serve(t: TestContext, answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** The error of this package that a call fails with. */
export async function failure(call: Promise<unknown>): Promise<Tc3Error> {
  const error = await call.then(
    () => assert.fail("it must fail"),
    (error) => error,
  );
  assert(Tc3Error.is(error), String(error));
  return error;
}
