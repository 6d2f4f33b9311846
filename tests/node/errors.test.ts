/** The table of the service's codes: a test for each row, from the answer to what the caller is told. */

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { ApiError } from "tc3-edge";
import { explainError } from "tc3-edge/explain";
import { Iotvideo } from "tc3-edge/iotvideo/v20191126";
import { credential } from "./credential.ts";
import { failure } from "./server.ts";

interface Row {
  origin: string[];
  en: string;
  zh: string;
  retryable: boolean;
  notExecuted: "certain" | "likely" | "unknown";
  remedyEn: string;
  remedyZh: string;
}

const file = new URL("../../schema/errors.json", import.meta.url);
const rows = Object.entries(JSON.parse(readFileSync(file, "utf8")) as Record<string, Row>);

/** How the service refuses both actions with a code. */
async function refused(code: string) {
  const body = `{"Response":{"Error":{"Code":"${code}","Message":"m"},"RequestId":"r"}}`;
  const iotvideo = new Iotvideo({
    credential,
    region: "ap-guangzhou",
    fetch: async () => new Response(body),
  });
  const write = await failure(iotvideo.RefundStorageService({ ServiceId: "s" }));
  const read = await failure(iotvideo.DescribeStorageService({ ServiceId: "s" }));
  return { write, read };
}

for (const [code, row] of rows) {
  test(`${code}: ${row.remedyEn}`, async () => {
    const { write, read } = await refused(code);
    assert(write instanceof ApiError && read instanceof ApiError);
    assert.deepEqual([write.code, write.remedy], [code, row.remedyEn]);
    const certain = row.notExecuted === "certain";
    assert.equal(write.outcome, certain ? "refused" : "unknown");
    assert.equal(read.outcome, "refused");
    const repeatable = row.retryable ? (certain ? "safe" : "ifIdempotent") : "never";
    assert.deepEqual([write.retry, read.retry], [repeatable, repeatable]);
    assert.deepEqual(await explainError(write), {
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

test("a code that is not in the table is careful", async () => {
  const { write } = await refused("Never.Heard.Of");
  assert.deepEqual([write.outcome, write.retry], ["unknown", "never"]);
  assert.equal(await explainError(write), undefined);
  const { write: family } = await refused("AuthFailure.Newer");
  assert.equal(family.outcome, "refused");
  assert.equal((await explainError(family))?.code, "AuthFailure");
});
