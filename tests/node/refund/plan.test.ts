/** What `planRefund` draws, from which lists it draws nothing, and which plans are carried out. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import {
  PlanChangedError,
  planRefund,
  type RefundPlan,
  type RefundTarget,
  refund,
  refundMany,
} from "tc3-edge/refund";
import { changed, READS, Service } from "./service.ts";

const DAY = 86_400_000;

async function refused(work: Promise<unknown>, words: RegExp): Promise<void> {
  await assert.rejects(work, (error) => {
    assert(error instanceof ValidationError, String(error));
    assert.match(error.message, words);
    assert.equal(error.outcome, "notSent");
    return true;
  });
}

/** Changes every list on its way. */
function listsAre(service: Service, change: (text: string) => string): void {
  service.fate = async ({ action }, deliver) => {
    const response = await deliver();
    return action === READS ? changed(response, change) : response;
  };
}

test("a plan says what becomes of each order", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(3);
  const [first, second = "", third] = ids;
  const all = await planRefund(service.client(), { ServiceId });
  assert.equal(all.drawnAt, service.now());
  assert.deepEqual(
    all.orders.map(({ OrderId, fate }) => [OrderId, fate]),
    [
      [first, "void"],
      [second, "returns"],
      [third, "returns"],
    ],
  );
  assert.deepEqual([all.stay, all.after.Status], [[], 2]);
  const one = await planRefund(service.client(), { ServiceId, OrderId: second });
  assert.equal(one.OrderId, second);
  assert.deepEqual(
    one.stay.map(({ OrderId }) => OrderId),
    [first, third],
  );
  assert.equal(one.after.EndTime, one.stay[1]?.EndTime);
  assert.deepEqual(service.sent, []);
});

test("it is the same in whatever way a client reads integers", async () => {
  const service = await Service.begin();
  const { ServiceId } = await service.buy(2);
  const auto = await planRefund(service.client(), { ServiceId });
  for (const integers of ["bigint", "string"] as const) {
    const client = service.client({ integers });
    assert.deepEqual(await planRefund(client, { ServiceId }), auto);
  }
});

test("an id is a text, also where it is answered as a number beyond 2^53", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  listsAre(service, (text) => text.replace(/"OrderId":"(\d+)"/g, '"OrderId":9007199254740993$1'));
  for (const integers of ["auto", "bigint", "string"] as const) {
    const client = service.client({ integers });
    const { orders } = await planRefund(client, { ServiceId });
    assert.deepEqual(
      orders.map(({ OrderId }) => OrderId),
      ids.map((id) => `9007199254740993${id}`),
    );
  }
});

test("there is no plan where there is nothing to refund", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(1);
  const client = service.client();
  const [OrderId = ""] = ids;
  await refused(planRefund(client, { ServiceId, OrderId: "1" }), /1 is not in this service/);
  await service.others.RefundStorageService({ ServiceId });
  await refused(planRefund(client, { ServiceId }), /every order/);
  await refused(planRefund(client, { ServiceId, OrderId }), /refunded, moved or expired already/);
  listsAre(service, (text) => text.replace(/"Status":5/g, '"Status":9'));
  await refused(planRefund(client, { ServiceId, OrderId }), /not documented/);
});

test("there is no plan of a list that cannot be relied on", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(1);
  const [id = ""] = ids;
  const lies: [(text: string) => string, RegExp][] = [
    [(text) => text.replace(/"Data":\[.*?\]/, '"Data":[null]'), /OrderId/],
    [(text) => text.replace(/("Data".*)"Status":\d/, '$1"Status":1.5'), /Status.* no whole number/],
    [(text) => text.replace(/("Data".*)"EndTime":\d+/, '$1"EndTime":""'), /EndTime/],
    [(text) => text.replace(/"Data":\[(.*?)\]/, '"Data":[$1,$1]'), /twice/],
    [(text) => text.replaceAll(ServiceId, "another"), /ServiceId: is another one/],
    [(text) => text.replace(`"${id}"`, `"${id}\\u0000"`), /OrderId/],
    [(text) => text.replace(`"${id}"`, `"${id}\\ud800"`), /OrderId/],
  ];
  for (const [change, words] of lies) {
    listsAre(service, change);
    await refused(planRefund(service.client(), { ServiceId }), words);
    const [{ error } = {}] = await refundMany(service.client(), [{ ServiceId }], service.time);
    assert(error instanceof ValidationError, String(error));
  }
  assert.deepEqual(service.sent, []);
});

test("what is no target is refused before anything is read", async () => {
  const service = await Service.begin();
  const client = service.client();
  const targets = [
    {},
    { ServiceId: "" },
    { ServiceId: 1 },
    { ServiceId: "s\0" },
    { ServiceId: "s", OrderId: "" },
    { ServiceId: "s", OrderId: undefined },
    { ServiceId: "s", OrderId: null },
    { ServiceId: "s", orderId: "1" },
    null,
    "s",
  ] as RefundTarget[];
  for (const target of targets) {
    await refused(planRefund(client, target), /./);
    await refused(refundMany(client, [target]), /./);
  }
  assert.equal(service.calls.length, 0);
});

test("a plan survives JSON, and is refunded", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const client = service.client();
  const plan = await planRefund(client, { ServiceId });
  const again: RefundPlan = JSON.parse(JSON.stringify(plan));
  assert.deepEqual(again, plan);
  const report = await refund(client, again, service.time);
  assert(report.isDone);
  assert.deepEqual(report.differences, []);
  assert.equal(report.after?.Status, plan.after.Status);
  assert.deepEqual(await service.refunded(), ids);
});

test("what its owner does to a plan meanwhile changes nothing", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const plan = await planRefund(service.client(), { ServiceId, OrderId: ids[1] ?? "" });
  const running = refund(service.client(), plan, {
    ...service.time,
    onProgress: () => {
      plan.orders.push(...(plan.stay as []));
    },
  });
  plan.ServiceId = "another";
  Object.assign(plan.orders[0] ?? {}, { OrderId: ids[0] });
  Object.assign(plan.service, { Status: 1n });
  delete plan.OrderId;
  assert((await running).isDone);
  assert.deepEqual(service.sent, [ids[1]]);
});

test("what is no plan is refused before anything is read", async () => {
  const service = await Service.begin();
  const { ServiceId } = await service.buy(2);
  const plan = await planRefund(service.others, { ServiceId });
  const [first, second] = plan.orders;
  const changes: [object, RegExp][] = [
    [{ ServiceId: "" }, /ServiceId/],
    [{ ServiceId: ["s"] }, /ServiceId/],
    [{ OrderId: "1" }, /orders/],
    [{ OrderId: "" }, /orders/],
    [{ OrderId: null }, /orders/],
    [{ orders: [] }, /orders/],
    [{ orders: {} }, /no plan/],
    [{ orders: [first, first] }, /twice/],
    [{ orders: [first], stay: [first] }, /twice/],
    [{ orders: [{ ...first, OrderId: "" }] }, /OrderId/],
    [{ orders: [{ ...first, OrderId: 0.5 }] }, /OrderId/],
    [{ orders: [{ ...first, StartTime: null }] }, /StartTime/],
    [{ orders: [{ ...first, fate: "returns" }, second] }, /say of an order/],
    [{ orders: [{ ...second, fate: undefined }] }, /say of an order/],
    [{ orders: [second, { ...first, Status: 5 }] }, /say of an order/],
    [{ drawnAt: null }, /drawnAt/],
    [{ service: undefined }, /service/],
    [{ after: "" }, /after/],
  ];
  for (const [change, words] of changes) {
    const wrong = { ...plan, ...change } as RefundPlan;
    await refused(refund(service.client(), wrong, service.time), words);
  }
  for (const wrong of [null, undefined, [], "plan"] as unknown[]) {
    await refused(refund(service.client(), wrong as RefundPlan), /no plan/);
  }
  assert.equal(service.calls.length, 0);
});

test("a plan that does not hold any more is not carried out", async () => {
  const changes: [(service: Service, ServiceId: string) => Promise<unknown>, RegExp][] = [
    [(service) => service.buy(1), /was not there/],
    [(service) => service.wait(32 * DAY), /has changed/],
    [
      (service, ServiceId) => service.others.RefundStorageService({ ServiceId }),
      /has changed|listed no more/,
    ],
  ];
  for (const [change, words] of changes) {
    for (const whole of [false, true]) {
      const service = await Service.begin();
      const { ServiceId } = await service.buy(3);
      const client = service.client();
      const plan = await planRefund(client, { ServiceId });
      await change(service, ServiceId);
      await assert.rejects(refund(client, plan, { ...service.time, whole }), (error) => {
        assert(error instanceof PlanChangedError);
        assert.match(error.message, words);
        assert.deepEqual(
          [error.code, error.outcome, error.attempts],
          ["PlanChanged", "notSent", 0],
        );
        return true;
      });
      assert.deepEqual(service.sent, []);
    }
  }
});
