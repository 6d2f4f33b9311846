/** Refunds whose answers are lost: read back, and told as they are. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { OutcomeUnknownError } from "tc3-edge";
import { memoryJournal, type Progress, planRefund, refund } from "tc3-edge/refund";
import { lost, READS, REFUNDS, Service } from "./service.ts";

/** A service with a plan for its second order, which waits. */
async function waitingOrder(returned: "listed" | "gone" = "listed") {
  const service = await Service.begin({ returned });
  const { ServiceId, ids } = await service.buy(2);
  const [, OrderId = ""] = ids;
  const client = service.client();
  const plan = await planRefund(client, { ServiceId, OrderId });
  return { service, client, plan, ServiceId, OrderId };
}

/** Carries the first request out, and loses its answer. */
function losesAnswers(service: Service): void {
  service.fate = async ({ action }, deliver) => {
    const response = await deliver();
    return action === REFUNDS ? lost() : response;
  };
}

/** Loses every request before it arrives. */
function losesRequests(service: Service): void {
  service.fate = ({ action }, deliver) => (action === REFUNDS ? lost() : deliver());
}

test("what was done is read back at once, in each way of listing it", async () => {
  for (const returned of ["listed", "gone"] as const) {
    const { service, client, plan, OrderId } = await waitingOrder(returned);
    losesAnswers(service);
    const began = service.now();
    const report = await refund(client, plan, service.time);
    const [row] = report.orders;
    assert(report.isDone && row?.error instanceof OutcomeUnknownError);
    assert.deepEqual([row.tries, row.check, row.signedAt], [1, undefined, began]);
    assert.equal(service.now(), began);
    assert.deepEqual(await service.refunded(), [OrderId]);
  }
});

test("what never arrived is not done, once it would be too late", async () => {
  const { service, client, plan } = await waitingOrder();
  losesRequests(service);
  const began = service.now();
  const report = await refund(client, plan, { ...service.time, margin: 1000 });
  assert.equal(report.orders[0]?.outcome, "notDone");
  const took = service.now() - began;
  assert(took > 301_000 && took < 310_000, `${took}`);
});

test("a request that arrives late is waited for", async () => {
  const { service, client, plan, OrderId } = await waitingOrder();
  let deliverLate: undefined | (() => Promise<Response>);
  service.fate = ({ action }, deliver) => {
    if (action !== REFUNDS) return deliver();
    deliverLate = deliver;
    return lost();
  };
  const wait = async (ms: number) => {
    await service.wait(200_000);
    await deliverLate?.();
    await service.wait(ms - 200_000);
  };
  const report = await refund(client, plan, { now: service.now, wait });
  assert(report.isDone);
  assert.deepEqual(await service.refunded(), [OrderId]);
});

test("where no clock is seen it is never too late, and a later run with one settles it", async () => {
  const { service, client, plan } = await waitingOrder();
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) lost();
    const response = await deliver();
    response.headers.delete("Date");
    return response;
  };
  const options = { ...service.time, journal: memoryJournal() };
  const first = await refund(client, plan, options);
  assert.deepEqual(
    first.orders.map(({ outcome, check }) => [outcome, check?.code]),
    [["unknown", "NoClock"]],
  );
  losesRequests(service);
  const second = await refund(client, plan, options);
  assert.deepEqual(
    second.orders.map(({ outcome, tries }) => [outcome, tries]),
    [["notDone", 1]],
  );
  assert.equal(service.sent.length, 1);
});

test("a cache's clock counts as none", async () => {
  const { service, client, plan } = await waitingOrder();
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) lost();
    const response = await deliver();
    // It shows a time long after the fence.
    response.headers.set("Date", new Date(service.now() + 3_600_000).toUTCString());
    response.headers.set("Age", "1");
    return response;
  };
  const report = await refund(client, plan, service.time);
  assert.equal(report.orders[0]?.check?.code, "NoClock");
});

test("one list that hides the clock is not the last word", async () => {
  const { service, client, plan } = await waitingOrder();
  let readings = 0;
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) lost();
    const response = await deliver();
    if (service.sent.length > 0) readings += 1;
    if (readings === 1) response.headers.delete("Date");
    if (readings === 2) response.headers.set("Age", "1");
    return response;
  };
  const report = await refund(client, plan, service.time);
  assert.equal(report.orders[0]?.outcome, "notDone");
});

test("whoever does not want to wait is told until when it may be done, and settles it later", async () => {
  const { service, client, plan, OrderId } = await waitingOrder();
  losesRequests(service);
  const options = { ...service.time, journal: memoryJournal(), settle: "later" } as const;
  const began = service.now();
  const [row] = (await refund(client, plan, options)).orders;
  assert.deepEqual([row?.outcome, row?.check?.code], ["unknown", "StillOpen"]);
  assert(row?.check?.message.includes(new Date(began + 360_000).toISOString()));
  // It arrives after all.
  await service.others.RefundStorageService({ ServiceId: plan.ServiceId, OrderId });
  const report = await refund(service.client(), plan, options);
  assert(report.isDone);
  assert.equal(service.sent.length, 1);
  assert.equal(service.now(), began);
});

test("a list that cannot be read is read again, and decides nothing", async () => {
  const { service, client, plan } = await waitingOrder();
  losesAnswers(service);
  const { fate } = service;
  let readings = 0;
  service.fate = (call, deliver, init) => {
    if (call.action !== READS || service.sent.length === 0) return fate(call, deliver, init);
    readings += 1;
    return readings < 4 ? lost() : deliver();
  };
  assert((await refund(client, plan, service.time)).isDone);

  const never = await waitingOrder();
  never.service.fate = (_, deliver) => (never.service.sent.length > 0 ? lost() : deliver());
  const report = await refund(never.client, never.plan, never.service.time);
  assert.equal(report.orders[0]?.check?.code, "StillOpen");
  assert.equal(report.after, undefined);
});

test("the list of another service decides nothing", async () => {
  const { service, client, plan } = await waitingOrder();
  const { ServiceId } = await service.buy(1, "camera-2");
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) lost();
    if (service.sent.length === 0) return deliver();
    const raw = await service.others.raw.DescribeStorageService({ ServiceId });
    return new Response(JSON.stringify({ Response: raw.answer }), { headers: raw.headers });
  };
  const report = await refund(client, plan, service.time);
  assert.equal(report.orders[0]?.outcome, "unknown");
});

test("an order that starts on the way is told as void", async () => {
  const { service, client, plan, OrderId } = await waitingOrder();
  const [order] = plan.orders;
  await service.wait((order?.StartTime ?? 0) * 1000 - service.now() - 3000);
  const again = await planRefund(client, { ServiceId: plan.ServiceId, OrderId });
  service.fate = async ({ action }, deliver) => {
    if (action === REFUNDS) await service.wait(10_000);
    return deliver();
  };
  const report = await refund(client, again, service.time);
  assert(report.isDone);
  assert.match(report.differences.join(), new RegExp(`${OrderId} started about when`));
});

test("progress is told in order, and changes nothing", async () => {
  const { service, client, plan, ServiceId, OrderId } = await waitingOrder();
  losesRequests(service);
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => {
    told.push(structuredClone({ ...progress, order: undefined }) as Progress);
    for (const name of Object.keys(progress)) Object.assign(progress, { [name]: [] });
    if (told.length % 2) throw new Error("not interested");
    return Promise.reject(new Error("not interested"));
  };
  const report = await refund(client, plan, { ...service.time, onProgress });
  assert.equal(report.orders[0]?.outcome, "notDone");
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["sending", "readBack", "waiting", "readBack", "settled"],
  );
  for (const progress of told) {
    assert.equal(progress.ServiceId, ServiceId);
    if ("OrderIds" in progress) assert.deepEqual(progress.OrderIds, [OrderId]);
  }
});

test("who stops before the first request has sent nothing", async () => {
  for (const during of ["at once", "while it reads"]) {
    const { service, client, plan } = await waitingOrder();
    const stop = new AbortController();
    const why = new Error("not today");
    if (during === "at once") stop.abort(why);
    service.fate = (_, deliver) => {
      stop.abort(why);
      return deliver();
    };
    const { signal } = stop;
    await assert.rejects(refund(client, plan, { ...service.time, signal }), why);
    assert.deepEqual(service.sent, []);
  }
});

test("who stops when the intent is kept has done nothing", async () => {
  const { service, client, plan } = await waitingOrder();
  const stop = new AbortController();
  const onProgress = ({ kind }: Progress) => {
    if (kind === "sending") stop.abort();
  };
  const { signal } = stop;
  const report = await refund(client, plan, { ...service.time, signal, onProgress });
  assert.equal(report.orders[0]?.outcome, "notDone");
  assert.deepEqual(service.sent, []);
});

test("who stops while a request is on its way is told what is not known, and sends no more", async () => {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(3);
  const client = service.client();
  const plan = await planRefund(client, { ServiceId });
  const stop = new AbortController();
  service.fate = async ({ action }, deliver) => {
    const response = await deliver();
    if (action === REFUNDS) stop.abort();
    return response;
  };
  const journal = memoryJournal();
  const { signal } = stop;
  const report = await refund(client, plan, { ...service.time, journal, signal });
  assert.deepEqual(
    report.orders.map(({ outcome }) => outcome),
    ["unknown", "notSent", "notSent"],
  );
  assert.equal(report.stopped, signal.reason);
  service.fate = (_, deliver) => deliver();
  const again = await refund(client, plan, { ...service.time, journal });
  assert(again.isDone);
  assert.deepEqual(service.sent, ids);
  assert.deepEqual(await service.refunded(), ids);
});

test("who stops while it waits is told at once", async () => {
  const { service, client, plan } = await waitingOrder();
  losesRequests(service);
  const stop = new AbortController();
  const onProgress = ({ kind }: Progress) => {
    if (kind === "waiting") stop.abort();
  };
  // With its own timer, which the signal ends.
  const report = await refund(client, plan, {
    now: service.now,
    signal: stop.signal,
    onProgress,
  });
  assert.equal(report.orders[0]?.check?.code, "StillOpen");
});
