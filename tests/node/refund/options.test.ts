/** What refunds may be told: whatever is not known, or is no such thing, is refused before anything is read. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import { planRefund, type RefundManyOptions, refund, refundMany } from "tc3-edge/refund";
import { Service } from "./service.ts";

test("unknown and wrong options are refused", async () => {
  const service = await Service.begin();
  const { ServiceId } = await service.buy(1);
  const plan = await planRefund(service.others, { ServiceId });
  const client = service.client();
  const wrong: object[] = [
    { dryRun: true },
    { retry: { tries: 2 } },
    { journal: null },
    { journal: {} },
    { journal: { read() {} } },
    { whole: 1 },
    { tries: 0 },
    { tries: 1.5 },
    { tries: Number.POSITIVE_INFINITY },
    { tries: "2" },
    { settle: "never" },
    { margin: -1 },
    { margin: Number.NaN },
    { margin: 86_400_001 },
    { reusesIds: "no" },
    { signal: {} },
    { timeout: "1" },
    { onProgress: {} },
    { now: 1 },
    { wait: 1 },
  ];
  for (const options of wrong) {
    const why = JSON.stringify(options);
    await assert.rejects(refund(client, plan, options), ValidationError, why);
    await assert.rejects(refundMany(client, [plan], options), ValidationError, why);
  }
  for (const concurrency of [0, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY, "1"]) {
    const options = { concurrency } as RefundManyOptions;
    await assert.rejects(refundMany(client, [plan], options), ValidationError);
    await assert.rejects(refund(client, plan, options), ValidationError);
  }
  await assert.rejects(
    planRefund(client, { ServiceId }, { whole: true } as object),
    ValidationError,
  );
  assert.equal(service.calls.length, 0);
});

test("a clock that tells no time is refused before anything is sent", async () => {
  const service = await Service.begin();
  const { ServiceId } = await service.buy(1);
  const client = service.client();
  const plan = await planRefund(client, { ServiceId });
  for (const told of [Number.NaN, Number.POSITIVE_INFINITY, undefined, "1"]) {
    const now = () => told as number;
    await assert.rejects(refund(client, plan, { now }), ValidationError, String(told));
  }
  assert.deepEqual(service.sent, []);
});

test("a client's own options change no promise", async () => {
  for (const options of [
    { retry: { tries: 5, baseDelay: 0 } },
    { integers: "bigint" as const },
    { concurrency: 1 },
    { timeout: 1 << 30 },
  ]) {
    const service = await Service.begin();
    const { ServiceId, ids } = await service.buy(2);
    const client = service.client(options);
    const plan = await planRefund(client, { ServiceId, OrderId: ids[1] ?? "" });
    await service.refuse("InternalError");
    const report = await refund(client, plan, service.time);
    assert.equal(report.orders[0]?.outcome, "notDone");
    assert.deepEqual(service.sent, [ids[1]]);
  }
});
