/** A refund whose caller, clock or module breaks on the way: what was sent is told. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { planRefund, refund, refundMany } from "tc3-edge/refund";
import { lost, REFUNDS, Service } from "./service.ts";

test("a wait that fails behind a request ends in a report", async () => {
  const service = await Service.begin();
  const { ServiceId } = await service.buy(1);
  const client = service.client();
  service.fate = ({ action }, deliver) => (action === REFUNDS ? lost() : deliver());
  const broken = new Error("no timer");
  const wait = async () => {
    throw broken;
  };
  const options = { ...service.time, wait };
  const report = await refund(client, await planRefund(client, { ServiceId }), options);
  const [row] = report.orders;
  assert.deepEqual([row?.outcome, row?.check?.code], ["unknown", "StillOpen"]);
  assert.equal(report.stopped, broken);
  const [{ error, report: again } = {}] = await refundMany(client, [{ ServiceId }], options);
  assert.equal(error, undefined);
  assert.equal(again?.stopped, broken);
});

test("a clock that fails behind a request ends in a report", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(1);
  const client = service.client();
  const plan = await planRefund(client, { ServiceId });
  service.fate = async (_, deliver) => {
    const response = await deliver();
    response.headers.delete("Date");
    return response;
  };
  const now = () => {
    assert.equal(service.sent.length, 0, "no clock");
    return service.now();
  };
  const report = await refund(client, plan, { ...service.time, now });
  assert.deepEqual(await service.refunded(), ids);
  assert.equal(report.orders[0]?.outcome, "unknown");
});
