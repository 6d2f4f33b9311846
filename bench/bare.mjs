/** A server that does nothing but read a request and answer as many bytes as the sandbox would. */

import { createServer } from "node:http";

const body = JSON.stringify({
  Response: {
    Error: { Code: "ResourceNotFound", Message: 'there is no service "nobody\'s"' },
    RequestId: "00000000-0000-4000-8000-000000000000",
  },
});

const server = createServer((request, response) => {
  /** @type {Buffer[]} */
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", () => {
    Buffer.concat(chunks);
    response.writeHead(200, { "Content-Type": "application/json" }).end(body);
  });
}).listen(0, "127.0.0.1", () => {
  console.log(
    `http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}`,
  );
});
