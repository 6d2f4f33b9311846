/** What a refund keeps in its journal, and what it does where that fails. */

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";
import {
  type Journal,
  JournalError,
  type JournalFailure,
  memoryJournal,
  PlanChangedError,
  type Progress,
  planRefund,
  refund,
  refundMany,
} from "tc3-edge/refund";
import { DEFAULT_ACCOUNT } from "../../../sandbox/hosts/engine.ts";
import { lost, REFUNDS, Service } from "./service.ts";

const encoder = new TextEncoder();

/** A journal that shows what it keeps, and fails when it is told to. */
class Shown implements Journal {
  bytes: Uint8Array[];
  /** Asked before each append; what it throws is its failure. */
  before: () => void | Promise<void> = () => {};

  constructor(text = "") {
    this.bytes = text === "" ? [] : [encoder.encode(text)];
  }

  async *read(): AsyncGenerator<Uint8Array> {
    yield* this.bytes;
  }

  async append(bytes: Uint8Array): Promise<void> {
    await this.before();
    this.bytes.push(bytes.slice());
  }

  get text(): string {
    return Buffer.concat(this.bytes).toString();
  }
}

async function twoOrders() {
  const service = await Service.begin();
  const { ServiceId, ids } = await service.buy(2);
  const client = service.client();
  return { service, client, ids, ServiceId, plan: await planRefund(client, { ServiceId }) };
}

function isFailure(code: JournalFailure) {
  return (error: unknown) => error instanceof JournalError && error.code === code;
}

test("an intent is kept before its request, and its outcome behind it", async () => {
  const { service, client, plan, ids } = await twoOrders();
  const journal = new Shown();
  const kinds: string[][] = [];
  service.fate = ({ action }, deliver) => {
    if (action === REFUNDS) kinds.push(journal.text.match(/(?<=\[")\w+/g) ?? []);
    return deliver();
  };
  await refund(client, plan, { ...service.time, journal });
  assert.deepEqual(kinds, [
    ["plan", "intent"],
    ["plan", "intent", "verdict", "intent"],
  ]);
  assert.match(journal.text, /^tc3-edge refunds 1\n/);
  assert.match(journal.text, new RegExp(`"verdict","\\w+","${ids[1]}","done",""\\]\n$`));
});

test("what the journal has as done stays done, and is not sent again", async () => {
  const { service, client, plan, ids } = await twoOrders();
  const journal = memoryJournal();
  await refund(client, plan, { ...service.time, journal });
  const again = await refund(service.client(), plan, { ...service.time, journal, tries: 9 });
  assert(again.isDone);
  assert.deepEqual(again.differences, []);
  assert.deepEqual(service.sent, ids);
});

test("a valid order that the journal has as done is looked at by a person", async () => {
  // As in a journal of another account, or where ids are given again.
  const { service, client, plan } = await twoOrders();
  const journal = memoryJournal();
  await refund(client, plan, { ...service.time, journal });
  const elsewhere = await Service.begin();
  await elsewhere.buy(2);
  const options = { ...elsewhere.time, journal };
  const report = await refund(elsewhere.client(), plan, options);
  assert.deepEqual(
    report.orders.map(({ outcome, check }) => [outcome, check?.code]),
    Array(2).fill(["unknown", "ReusedId"]),
  );
  assert.deepEqual(elsewhere.sent, []);
});

test("a journal is used by one refund at a time", async () => {
  const { service, client, plan } = await twoOrders();
  const journal = memoryJournal();
  const options = { ...service.time, journal };
  const first = refund(client, plan, options);
  await assert.rejects(refund(client, plan, options), isFailure("JournalInUse"));
  await assert.rejects(refundMany(client, [plan], options), isFailure("JournalInUse"));
  assert((await first).isDone);
  assert((await refund(client, plan, options)).isDone);
  assert.equal(service.sent.length, 2);
});

test("what is no journal, or is not what was written, is left as it is", async () => {
  const { service, client, plan } = await twoOrders();
  const written = new Shown();
  await refund(client, plan, { ...service.time, journal: written });
  const { text } = written;
  const { length } = service.sent;
  const [head = "", first = "", ...rest] = text.split(/(?<=\n)/);
  const wrong = [
    "something else\n",
    text.replace("1001", "1009"),
    [head, ...rest].join(""),
    [head, first, first, ...rest].join(""),
  ];
  for (const given of wrong) {
    const journal = new Shown(given);
    await assert.rejects(refund(client, plan, { ...service.time, journal }), (error) =>
      /^journal: /.test((error as Error).message),
    );
    assert.equal(journal.text, given);
  }
  const unreadable = new Shown();
  unreadable.read = () => {
    throw new Error("no disk");
  };
  const options = { ...service.time, journal: unreadable };
  await assert.rejects(refund(client, plan, options), isFailure("JournalBroken"));
  assert.equal(service.sent.length, length);
});

test("cut anywhere it is gone on with, and nothing is sent twice", async () => {
  const whole = await twoOrders();
  const written = new Shown();
  await refund(whole.client, whole.plan, { ...whole.service.time, journal: written });
  const { text } = written;
  for (let at = 0; at < text.length; at += 23) {
    // The same service, in which all of that was sent.
    const journal = new Shown(text.slice(0, at));
    const before = whole.service.sent.length;
    const options = { ...whole.service.time, journal };
    const report = await refund(whole.service.client(), whole.plan, options).catch((error) => {
      assert(error instanceof PlanChangedError, String(error));
    });
    assert.equal(whole.service.sent.length, before, `${at}`);
    for (const { outcome } of report?.orders ?? []) {
      assert(outcome === "done" || outcome === "notSent", `${at} ${outcome}`);
    }
  }
});

test("where an intent cannot be kept nothing is sent", async () => {
  const { service, client, plan } = await twoOrders();
  const journal = new Shown();
  journal.before = () => {
    throw new Error("the disk is full");
  };
  await assert.rejects(refund(client, plan, { ...service.time, journal }), (error) => {
    assert(isFailure("JournalBroken")(error));
    assert.match((error as Error).message, /the disk is full/);
    return true;
  });
  assert.deepEqual(service.sent, []);
});

test("where an outcome cannot be kept it is told, nothing more is sent, and another run finds it", async () => {
  const { service, client, plan, ids } = await twoOrders();
  const journal = new Shown();
  journal.before = () => {
    if (service.sent.length > 0) throw new Error("the disk is full");
  };
  const told: Progress[] = [];
  const onProgress = (progress: Progress) => void told.push(progress);
  const report = await refund(client, plan, { ...service.time, journal, onProgress });
  assert.deepEqual(
    report.orders.map(({ outcome }) => outcome),
    ["done", "notSent"],
  );
  assert(isFailure("JournalBroken")(report.stopped));
  assert.deepEqual(
    told.map(({ kind }) => kind),
    ["sending", "settled"],
  );
  assert.deepEqual(service.sent, ids.slice(0, 1));
  journal.before = () => {};
  assert((await refund(service.client(), plan, { ...service.time, journal })).isDone);
  assert.deepEqual(service.sent, ids);
  assert.deepEqual(await service.refunded(), ids);
});

test("where a second intent cannot be kept its order is not sent", async () => {
  const { service, client, plan } = await twoOrders();
  const journal = new Shown();
  let appends = 0;
  journal.before = () => {
    appends += 1;
    if (appends === 3) throw new Error("the disk is full");
  };
  const report = await refund(client, plan, { ...service.time, journal });
  assert.deepEqual(
    report.orders.map(({ outcome, tries }) => [outcome, tries]),
    [
      ["done", 1],
      ["notSent", 0],
    ],
  );
  assert(isFailure("JournalBroken")(report.stopped));
  assert.equal(service.sent.length, 1);
});

test("two plans of one service may share a journal", async () => {
  const { service, client, ids, ServiceId } = await twoOrders();
  const options = { ...service.time, journal: memoryJournal() };
  const [first = "", second = ""] = ids;
  const one = await planRefund(client, { ServiceId, OrderId: second });
  service.fate = ({ action }, deliver) => (action === REFUNDS ? lost() : deliver());
  await refund(client, one, { ...options, settle: "later" });
  service.fate = (_, deliver) => deliver();
  const other = await planRefund(client, { ServiceId, OrderId: first });
  const report = await refund(client, other, options);
  assert.deepEqual(
    report.orders.map(({ OrderId, fate, outcome }) => [OrderId, fate, outcome]),
    [
      [first, "void", "done"],
      [second, undefined, "notDone"],
    ],
  );
  assert(!report.isDone);
  assert.deepEqual(service.sent, [second, first]);
});

test("no secret and no signature is in a report, an error, a journal or what is told", async () => {
  const { service, client, plan, ServiceId } = await twoOrders();
  const journal = new Shown();
  const seen: unknown[] = [];
  const onProgress = (progress: Progress) => void seen.push(progress);
  let signature = "";
  service.fate = async ({ action }, deliver, init) => {
    const response = await deliver();
    if (action !== REFUNDS) return response;
    signature =
      /Signature=(\w+)/.exec(new Headers(init.headers).get("Authorization") ?? "")?.[1] ?? "";
    return service.sent.length === 1 ? lost() : new Response("{", { status: 500 });
  };
  const options = { ...service.time, journal, onProgress };
  seen.push(await refund(client, plan, options));
  seen.push(await refundMany(client, [{ ServiceId }], { ...service.time, onProgress }));
  seen.push(journal.text, plan);
  const all = seen.map((one) => JSON.stringify(one) + inspect(one, { depth: 9, showHidden: true }));
  assert(signature.length === 64 && all.join().includes("StorageService may have been done"));
  for (const secret of [
    DEFAULT_ACCOUNT.secretKey,
    DEFAULT_ACCOUNT.secretId,
    signature,
    "TC3-HMAC",
  ]) {
    assert(!all.join().includes(secret), secret);
  }
});
