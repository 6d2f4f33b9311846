/** The table of the service's codes: a test for each row, from the answer to what the caller is told. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { type TestContext, test } from "node:test";
import { ApiError, OutcomeUnknownError, type Tc3Error } from "tc3-edge";
import { explainError } from "tc3-edge/explain";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential } from "./credential.ts";
import { failure, serve } from "./server.ts";

interface Row {
  origin: string[];
  en: string;
  zh: string;
  retryable: boolean;
  notExecuted: "always" | "certain" | "likely" | "unknown";
  remedyEn: string;
  remedyZh: string;
}

const file = new URL("../../schema/errors.json", import.meta.url);
const rows = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Row>);

const refund = { ServiceId: "s" };

/** What a caller is told whose calls are refused with a code; a `fetch` of its own may send twice, Node's does not. */
async function refused(t: TestContext, code: string) {
  const body = `{"Response":{"Error":{"Code":"${code}","Message":"m"},"RequestId":"r"}}`;
  const endpoint = await serve(t, (_, response) => void response.end(body));
  const options = { credential, region: "ap-guangzhou", endpoint, retry: { tries: 1 } };
  const once = new Iotvideo(options);
  const twice = new Iotvideo({ ...options, fetch: async () => new Response(body) });
  return {
    write: await failure(once.RefundStorageService(refund)),
    doubtful: await failure(twice.RefundStorageService(refund)),
    read: await failure(once.DescribeStorageService(refund)),
  };
}

/** The service's own error, whether or not the outcome is known. */
function said(error: Tc3Error): ApiError {
  const own = error instanceof OutcomeUnknownError ? error.cause : error;
  assert(own instanceof ApiError);
  assert.equal(error.outcome, own === error ? "refused" : "unknown");
  return own;
}

for (const [code, row] of rows) {
  test(`${code}: ${row.remedyEn}`, async (t) => {
    const { write, doubtful, read } = await refused(t, code);
    for (const error of [write, doubtful, read]) {
      assert.deepEqual([said(error).code, said(error).remedy], [code, row.remedyEn]);
    }
    assert.equal(write.outcome, row.notExecuted === "unknown" ? "unknown" : "refused");
    assert.equal(doubtful.outcome, row.notExecuted === "always" ? "refused" : "unknown");
    assert.equal(read.outcome, "refused");
    const isCertain = row.notExecuted === "always" || row.notExecuted === "certain";
    assert.equal(read.retry, row.retryable ? (isCertain ? "safe" : "ifIdempotent") : "never");
    assert.equal(write.retry, write.outcome === "refused" ? read.retry : "never");
    assert.deepEqual(await explainError(said(write)), {
      code,
      meaningEn: row.en,
      meaningZh: row.zh,
      remedyEn: row.remedyEn,
      remedyZh: row.remedyZh,
    });
    assert.match(row.zh + row.remedyZh, /[\u4e00-\u9fff]/);
  });
}

test("the table holds every code of the refund, of IoT Video and of the common list", () => {
  const of = (origin: string) => rows.filter(([, row]) => row.origin.includes(origin)).length;
  assert.equal(rows.length, 51);
  assert.deepEqual(["RefundStorageService", "iotvideo", "common"].map(of), [22, 30, 38]);
});

test("a code that is not in the table is careful", async (t) => {
  const { write } = await refused(t, "Never.Heard.Of");
  assert.deepEqual([write.outcome, write.retry], ["unknown", "never"]);
  assert.equal(await explainError(said(write)), undefined);
  const { write: family, doubtful } = await refused(t, "AuthFailure.Newer");
  assert.deepEqual([family.outcome, doubtful.outcome], ["refused", "unknown"]);
  assert.equal((await explainError(family))?.code, "AuthFailure");
});
