/** Many services with one journal: in which order, how many at once, and after a stop anywhere. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { ValidationError } from "tc3-edge";
import {
  type Journal,
  JournalError,
  memoryJournal,
  PlanChangedError,
  type Progress,
  planRefund,
  type RefundManyOptions,
  refundMany,
} from "tc3-edge/refund";
import { lost, READS, REFUNDS, Service } from "./service.ts";

/** So many services with so many orders each. */
async function cameras(count: number, orders = 1) {
  const service = await Service.begin();
  const bought: { ServiceId: string; ids: string[] }[] = [];
  for (let at = 0; at < count; at += 1) bought.push(await service.buy(orders, `camera-${at}`));
  const targets = bought.map(({ ServiceId }) => ({ ServiceId }));
  return { service, targets, ids: bought.map((one) => one.ids) };
}

test("each is refunded, and told in the order of the targets", async () => {
  const { service, targets, ids } = await cameras(5, 2);
  // The first one comes last.
  let others = 0;
  let letGo: () => void = () => {};
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => {
    told.push(progress);
    if (progress.kind !== "finished") return;
    others += 1;
    if (others === 4) letGo();
  };
  service.fate = async ({ ServiceId, action }, deliver) => {
    if (ServiceId === targets[0]?.ServiceId && action === REFUNDS) await held;
    return deliver();
  };
  const [first, second, ...more] = targets;
  assert(first && second);
  const plan = await planRefund(service.client(), second);
  const rows = await refundMany(service.client(), [first, plan, ...more], {
    ...service.time,
    onProgress,
  });
  assert.deepEqual(
    rows.map(({ target }) => target),
    targets,
  );
  assert(rows.every(({ report }) => report?.isDone));
  assert.deepEqual((await service.refunded()).sort(), ids.flat().sort());
  const finished = told.filter((progress) => progress.kind === "finished");
  assert.deepEqual(
    finished.map((progress) => progress.finished),
    [1, 2, 3, 4, 5],
  );
  assert.equal(finished[4]?.ServiceId, first.ServiceId);
  assert.equal(finished[4]?.report, rows[0]?.report);
});

test("no more than were asked for are on their way at once", async () => {
  for (const [concurrency, most] of [
    [1, 1],
    [3, 3],
    [undefined, 4],
    [50, 7],
  ] as const) {
    const { service, targets } = await cameras(7);
    let now = 0;
    let highest = 0;
    service.fate = async (_, deliver) => {
      now += 1;
      highest = Math.max(highest, now);
      // Others get their turn.
      await new Promise(setImmediate);
      const response = await deliver();
      now -= 1;
      return response;
    };
    const options: RefundManyOptions = { ...service.time, ...(concurrency && { concurrency }) };
    await refundMany(service.client(), targets, options);
    assert.equal(highest, most);
    assert.equal(service.sent.length, 7);
  }
});

test("one that fails stops no other", async () => {
  const { service, targets, ids } = await cameras(3);
  const [one, , three] = targets;
  service.fate = ({ ServiceId, action }, deliver) =>
    ServiceId === one?.ServiceId && action === READS ? lost() : deliver();
  const nowhere = { ServiceId: "nowhere" };
  const given = [...targets, nowhere, { ServiceId: "camera", OrderId: "1" }];
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => void told.push(progress);
  const rows = await refundMany(service.client(), given, { ...service.time, onProgress });
  assert.deepEqual(
    rows.map(({ report, error }) => [report?.isDone, (error as Error | undefined)?.name]),
    [
      [undefined, "NetworkError"],
      [true, undefined],
      [true, undefined],
      [undefined, "ApiError"],
      [undefined, "ApiError"],
    ],
  );
  assert.equal(three?.ServiceId, rows[2]?.report?.ServiceId);
  assert.deepEqual((await service.refunded()).sort(), ids.slice(1).flat().sort());
  const failed = told.filter((progress) => progress.kind === "finished" && "error" in progress);
  assert.equal(failed.length, 3);
});

test("a service is named once", async () => {
  const { service, targets } = await cameras(1, 2);
  const client = service.client();
  const [target] = targets;
  assert(target);
  const plan = await planRefund(service.others, target);
  for (const twice of [
    [target, target],
    [target, plan],
    [
      { ...target, OrderId: "1" },
      { ...target, OrderId: "2" },
    ],
  ]) {
    await assert.rejects(refundMany(client, twice, service.time), (error) => {
      assert(error instanceof ValidationError);
      assert.deepEqual(
        error.problems.map(({ path, code }) => [path, code]),
        [["targets", "Twice"]],
      );
      return true;
    });
  }
  assert.deepEqual(await refundMany(client, [], service.time), []);
  assert.equal(service.calls.length, 0);
});

test("stopped anywhere and called again, nothing is sent twice", async () => {
  const { service: whole, targets: counted } = await cameras(3, 2);
  await refundMany(whole.client(), counted, { ...whole.time, concurrency: 2 });
  // Behind each call of a whole run, and once behind all of them.
  for (let crashAt = 1; crashAt <= whole.calls.length + 1; crashAt += 1) {
    for (const isCarriedOut of [false, true]) {
      const { service, targets, ids } = await cameras(3, 2);
      const journal = memoryJournal();
      let end: () => void = () => {};
      const ended = new Promise<void>((resolve) => {
        end = resolve;
      });
      service.fate = async (_, deliver) => {
        const at = service.calls.length;
        if (at < crashAt) return deliver();
        if (at > crashAt) return new Promise(() => {});
        if (isCarriedOut) await deliver();
        service.crash();
        end();
        return lost();
      };
      // Of a process that has ended nothing is kept.
      let isAlive = true;
      const dying: Journal = {
        read: () => journal.read(),
        append: (bytes) => (isAlive ? journal.append(bytes) : new Promise(() => {})),
      };
      const options = { ...service.time, concurrency: 2 };
      const first = refundMany(service.client(), targets, { ...options, journal: dying });
      await Promise.race([first, ended]);
      isAlive = false;
      const { length } = service.sent;
      service.fate = (_, deliver) => deliver();
      const rows = await refundMany(service.client(), targets, { ...options, journal });
      const sent = service.sent;
      const refunded = await service.refunded();
      const why = `${crashAt} ${isCarriedOut} ${length}`;
      assert.equal(new Set(sent).size, sent.length, why);
      assert.equal(new Set(refunded).size, refunded.length, why);
      for (const [at, { report }] of rows.entries()) {
        const orders = report?.orders ?? [];
        // A service that was refunded in the end is still told, from the journal's plan.
        assert.deepEqual(
          orders.map(({ OrderId }) => OrderId),
          ids[at],
          why,
        );
        for (const { OrderId, outcome } of orders) {
          assert(outcome === "done" || outcome === "notDone", why);
          assert.equal(refunded.includes(OrderId), outcome === "done", why);
        }
      }
    }
  }
});

test("a plan that was begun is carried on as it was drawn", async () => {
  const { service, targets, ids } = await cameras(1, 3);
  const [target] = targets;
  assert(target);
  const journal = memoryJournal();
  const stop = new AbortController();
  service.fate = async ({ action }, deliver) => {
    const response = await deliver();
    if (action === REFUNDS) stop.abort();
    return response;
  };
  const options = { ...service.time, journal };
  await refundMany(service.client(), [target], { ...options, signal: stop.signal });
  service.fate = (_, deliver) => deliver();
  const [bought = ""] = (await service.buy(1, "camera-0")).ids;
  const [row] = await refundMany(service.client(), [target], options);
  // What was bought since is no part of it, and nobody knows whether the rest is still wanted.
  assert.deepEqual(
    row?.report?.orders.map(({ OrderId, outcome }) => [OrderId, outcome]),
    (ids[0] ?? []).map((id, at) => [id, at === 0 ? "done" : "notSent"]),
  );
  assert(row?.report?.stopped instanceof PlanChangedError);
  assert(row.report.stopped.message.includes(bought));
  assert.deepEqual(await service.refunded(), ids[0]?.slice(0, 1));
});

test("without a journal nothing more is sent, and what was sent is told", async () => {
  const { service, targets } = await cameras(6);
  const kept = memoryJournal();
  let appends = 0;
  const journal: Journal = {
    read: () => kept.read(),
    append: async (bytes) => {
      appends += 1;
      if (appends > 4) throw new Error("the disk is full");
      await kept.append(bytes);
    },
  };
  const options = { ...service.time, journal, concurrency: 3 };
  const rows = await refundMany(service.client(), targets, options);
  const refunded = await service.refunded();
  const told = rows.flatMap(({ report }) => report?.orders ?? []);
  assert.deepEqual(
    told.filter(({ outcome }) => outcome === "done").map(({ OrderId }) => OrderId),
    refunded.sort(),
  );
  assert(refunded.length > 0 && refunded.length < 6);
  for (const { report, error } of rows) {
    if (!report) assert(error instanceof JournalError, String(error));
  }
  const { length } = service.sent;
  const again = await refundMany(service.client(), targets, { ...service.time, journal: kept });
  assert(again.every(({ report }) => report?.isDone));
  assert.equal(service.sent.length, 6);
  assert.equal(length, refunded.length);
});

test("who stops is told of each", async () => {
  const { service, targets } = await cameras(4);
  const stop = new AbortController();
  const onProgress = ({ kind }: Progress) => {
    if (kind === "finished") stop.abort();
  };
  const { signal } = stop;
  const options = { ...service.time, concurrency: 1, signal, onProgress };
  const rows = await refundMany(service.client(), targets, options);
  assert.deepEqual(
    rows.map(({ report, error }) => [report?.isDone, error]),
    [[true, undefined], ...Array(3).fill([undefined, signal.reason])],
  );
  assert.equal(service.sent.length, 1);
});
